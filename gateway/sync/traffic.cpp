#include "gateway/sync/traffic.h"

#include <utility>

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

constexpr auto kWrittenEvery = 10s;  ///< what only tells how fast it goes

bool sameFinding(const PaceRow& a, const PaceRow& b) {
    return a.base == b.base && a.limit == b.limit && a.limitAt == b.limitAt && a.closedTill == b.closedTill;
}

}  // namespace

Status Traffic::recall(Store& store) {
    if (recalled_) return ok();
    auto rows = store.paces();
    if (!rows) return tl::unexpected(rows.error());
    for (PaceRow& row : *rows) {
        if (row.credential != credential_) continue;
        Line known;
        known.pacer = Pacer(Pacer::Found{row.base, row.limit, row.limitAt});
        std::string operation = row.operation;
        known.written = std::move(row);
        lines_.insert_or_assign(std::move(operation), std::move(known));
    }
    recalled_ = true;
    return ok();
}

Traffic::Line& Traffic::line(std::string_view operation) {
    const auto found = lines_.find(operation);
    return found != lines_.end() ? found->second : lines_.emplace(operation, Line{}).first->second;
}

void Traffic::remember(TimePoint now, std::vector<Change>& group) {
    for (auto& [operation, line] : lines_) {
        PaceRow row;
        row.operation = operation;
        row.credential = credential_;
        row.base = line.pacer.found().base;
        row.limit = line.pacer.found().limit;
        row.limitAt = line.pacer.found().at;
        row.lately = line.pacer.lately(now);
        row.failures = line.breaker.failures();
        row.closedTill = line.breaker.opensAgainAt();
        row.at = now;
        const bool news = !sameFinding(row, line.written);
        const bool old = now - line.written.at >= kWrittenEvery;
        if (!news && !(old && (row.lately > 0 || line.written.lately > 0))) continue;
        line.written = row;
        group.emplace_back(PutPace{std::move(row)});
    }
}

}  // namespace lianzheng
