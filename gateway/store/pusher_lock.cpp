#include "gateway/store/pusher_lock.h"

#include <cerrno>
#include <exception>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "gateway/store/prepared.h"

namespace lianzheng {

namespace {

/// Locks of the open file, not of the process: two stores in one process exclude each other too, closing some other
/// descriptor of the file frees nothing, and whether it is taken can be asked without taking it.
class FileLock final : public PusherLock {
public:
    explicit FileLock(std::string path) : path_(std::move(path)) {}
    ~FileLock() override { closeFile(); }
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    bool tryTake() override {
        if (held_) return true;
        openFile();
        struct flock range = wholeFile();
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX's form
        if (::fcntl(file_, F_OFD_SETLK, &range) == 0) {
            held_ = true;
        } else if (errno != EAGAIN && errno != EACCES) {
            fail();
        }
        return held_;
    }

    bool taken() override {
        if (held_) return true;
        openFile();
        struct flock range = wholeFile();
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX's form
        if (::fcntl(file_, F_OFD_GETLK, &range) != 0) fail();
        return range.l_type != F_UNLCK;
    }

    void release() override {
        closeFile();
        held_ = false;
    }

private:
    static struct flock wholeFile() {
        struct flock range {};
        range.l_type = F_WRLCK;
        range.l_whence = SEEK_SET;
        return range;
    }
    [[noreturn]] static void fail() { throw std::system_error(errno, std::generic_category()); }
    void openFile() {
        if (file_ >= 0) return;
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX's form
        file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file_ < 0) fail();
    }
    void closeFile() {
        if (file_ >= 0) ::close(file_);
        file_ = -1;
    }

    std::string path_;
    int file_ = -1;
    bool held_ = false;
};

/// The two halves of the advisory key: ours, and the schema's, so that stores of one database do not meet.
constexpr std::string_view kKey = "1280200, hashtext(current_schema())";

class AdvisoryLock final : public PusherLock {
public:
    explicit AdvisoryLock(Database& database)
        : take_(database, "SELECT CASE WHEN pg_try_advisory_lock(" + std::string(kKey) + ") THEN 1 ELSE 0 END", "i"),
          taken_(database,
                 "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1280200 AND objsubid = 2 "
                 "AND CAST(objid AS bigint) = (CAST(hashtext(current_schema()) AS bigint) & 4294967295) "
                 "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                 "i"),
          release_(database, "SELECT CASE WHEN pg_advisory_unlock(" + std::string(kKey) + ") THEN 1 ELSE 0 END", "i") {}
    /// The end of the session releases it too, but only once the server has noticed.
    ~AdvisoryLock() override {
        try {
            release();
        } catch (const std::exception&) {
            held_ = false;  // the connection is gone, and the lock with it
        }
    }
    AdvisoryLock(const AdvisoryLock&) = delete;
    AdvisoryLock& operator=(const AdvisoryLock&) = delete;

    bool tryTake() override {
        if (!held_) held_ = take_.one() && take_.integer(0) == 1;
        return held_;
    }
    bool taken() override { return held_ || (taken_.one() && taken_.integer(0) > 0); }
    void release() override {
        if (std::exchange(held_, false)) release_.one();
    }

private:
    Prepared take_;
    Prepared taken_;
    Prepared release_;
    bool held_ = false;
};

}  // namespace

std::unique_ptr<PusherLock> makePusherLock(const DatabaseAddress& address, Database& database) {
    if (database.dialect() == Dialect::Postgres) return std::make_unique<AdvisoryLock>(database);
    return std::make_unique<FileLock>(sqliteFile(address) + ".pusher");
}

}  // namespace lianzheng
