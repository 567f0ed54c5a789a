#pragma once

#include <cstdint>
#include <memory>

#include "adapters/sql/database.h"

namespace lianzheng {

/// Who pushes: one process a store. The kernel or the server lets go of the lock when its holder ends, however it ends.
/// Threads: one at a time. Errors: SOCI's exceptions, and std::system_error when the lock's file cannot be made.
class PusherLock {
public:
    virtual ~PusherLock() = default;
    /// False when another process holds it; true when this one does, already or now.
    virtual bool tryTake() = 0;
    /// Whether anybody holds it, this process included.
    virtual bool taken() = 0;
    virtual void release() = 0;
};

/// SQLite: an open-file-description lock on `PATH.pusher`. PostgreSQL: an advisory lock of the connection, by schema.
std::unique_ptr<PusherLock> makePusherLock(const DatabaseAddress& address, Database& database);

}  // namespace lianzheng
