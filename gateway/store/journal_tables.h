#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/grouped_write.h"
#include "gateway/store/prepared.h"
#include "gateway/store/changes.h"

namespace lianzheng {

/// What each send came to. Errors: as Prepared, as for every table here.
class AttemptTable {
public:
    explicit AttemptTable(Database& database);
    /// May wait until flush().
    void add(const Attempt& attempt);
    void flush() { add_.flush(); }
    void drop() { add_.drop(); }
    std::vector<Attempt> of(std::string_view number);
    /// The most frequent first.
    std::vector<UnknownRefusal> unknown(std::size_t limit);
    void forget(TimePoint before);

private:
    GroupedWrite add_;
    Prepared of_;
    Prepared unknown_;
    Prepared forget_;
};

/// What the province is still to be told; the newest word on each row of it.
class WriteBackTable {
public:
    explicit WriteBackTable(Database& database);
    /// May wait until flush().
    void put(const WriteBack& row);
    [[nodiscard]] bool holds(std::string_view sourceKey) const { return put_.holds(sourceKey); }
    void flush() { put_.flush(); }
    void drop() { put_.drop(); }
    void remove(const RemoveWriteBack& change);
    std::vector<WriteBack> list(std::size_t limit);

private:
    GroupedWrite put_;
    Prepared remove_;
    Prepared list_;
};

/// Passes, what other processes ask, and who did what.
class RunTables {
public:
    explicit RunTables(Database& database);
    void put(const RunRow& run);
    std::vector<RunRow> runs(std::size_t limit);
    void put(const RequestRow& request);
    std::vector<RequestRow> openRequests();
    std::optional<RequestRow> request(std::int64_t id);
    /// What a pusher that is gone had taken is open again.
    void reopenTaken();
    void add(const AuditRow& row);
    std::vector<AuditRow> audits(std::size_t limit);

private:
    Prepared putRun_;
    Prepared runs_;
    Prepared putRequest_;
    Prepared openRequests_;
    Prepared request_;
    Prepared reopen_;
    Prepared addAudit_;
    Prepared audits_;
};

/// Single values: words, the scan's cursor, counters of ids.
class WordTables {
public:
    explicit WordTables(Database& database);
    /// An empty value removes the word.
    void put(const PutWord& word);
    std::string word(std::string_view name);
    void moveCursor(const ScanCursor& cursor);
    ScanCursor cursor();
    std::int64_t next(std::string_view sequence);

private:
    Prepared putWord_;
    Prepared removeWord_;
    Prepared word_;
    Prepared moveCursor_;
    Prepared cursor_;
    Prepared next_;
};

}  // namespace lianzheng
