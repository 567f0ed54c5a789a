#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/prepared.h"
#include "gateway/store/changes.h"

namespace lianzheng {

/// Differences that live across runs. Errors: as Prepared.
class FindingTable {
public:
    explicit FindingTable(Database& database);

    /// Keeps firstSeen of an open one.
    void put(const Finding& finding);
    void keep(const KeepFindings& change);
    void close(const CloseFindings& change);
    /// In the order of number, kind, field. Accepted ones are not open.
    std::vector<Finding> list(bool openOnly);
    /// Store::findingsOfRun.
    std::vector<Finding> ofRun(const RunRow& run, const Finding& after, std::size_t limit);
    /// Open ones, but for those that are accepted as they are.
    std::vector<Finding> of(std::string_view number);
    /// The numbers of open ones, accepted or not.
    std::vector<std::string> openWith(std::string_view kind, std::string_view provincialValue);
    /// Removes closed ones last seen before `before`.
    void forget(TimePoint before);

private:
    Prepared put_;
    Prepared keepOf_;
    Prepared keep_;
    Prepared close_;
    Prepared list_;
    Prepared since_;
    Prepared ofLastRun_;
    Prepared ofRun_;
    Prepared of_;
    Prepared with_;
    Prepared forget_;
};

}  // namespace lianzheng
