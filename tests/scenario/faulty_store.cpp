#include "tests/scenario/faulty_store.h"

namespace lianzheng::test {

Status FaultyStore::commit(std::span<const Change> changes) {
    ++commits_;
    if (!pending_ || commits_ != pending_->commit) return real_.commit(changes);
    const Break breaking = *pending_;
    pending_.reset();
    broke_ = true;
    if (breaking.when == When::After) {
        // A commit the store itself refused has had no effect to lose.
        if (Status status = real_.commit(changes); !status) return status;
    }
    if (breaking.how == How::Kill) throw Killed();
    return failed(breaking.when == When::Before ? Fault::Unavailable : Fault::InDoubt, "store.commit", "injected");
}

}  // namespace lianzheng::test
