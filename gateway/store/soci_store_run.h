#pragma once

#include <string_view>
#include <utility>

#include "gateway/store/soci_store.h"

namespace lianzheng {

template <class Work>
auto SociStore::run(std::string_view where, Work&& work) -> decltype(work()) {
    auto result = guarded(where, [&]() -> decltype(work()) {
        if (Status status = ready(); !status) return tl::unexpected<Error>(status.error());
        return work();
    });
    if (!result && database_ && database_->dialect() == Dialect::Postgres) {
        lost_ = lost_ || result.error().code == "connection" || result.error().code == "commit_unknown";
    }
    return result;
}

template <class Work>
auto SociStore::read(std::string_view where, Work&& work) -> Result<decltype(work())> {
    return run(where, [&]() -> Result<decltype(work())> { return work(); });
}

}  // namespace lianzheng
