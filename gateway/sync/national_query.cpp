#include "gateway/sync/national_query.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "gateway/sync/read_back.h"
#include "gateway/sync/settlement.h"
#include "gateway/sync/traffic.h"

namespace lianzheng {

using namespace std::chrono_literals;

Status NationalQuery::awaitTurn(const std::stop_token& stop) {
    Pacer& pacer = parts_.traffic.line("query").pacer;
    while (!stop.stop_requested()) {
        const TimePoint now = parts_.clock.now();
        if (pacer.take(1, now) == 1) return ok();
        parts_.clock.sleepUntil(std::max(pacer.nextAt(now), now + 1ms), stop);
    }
    return failed(Fault::Cancelled, "national.query", "stopped");
}

Result<Holdings> NationalQuery::call(QueryCertificate query, const std::stop_token& stop) {
    while (true) {
        if (manner_ == Manner::Paced) {
            if (const Status turn = awaitTurn(stop); !turn) return tl::unexpected(turn.error());
        }
        calls_ += 1;
        const TimePoint startedAt = parts_.clock.now();
        const Completion answer = callAndWait(parts_.platform, Request{query}, stop);
        const TimePoint now = parts_.clock.now();
        Pacer& pacer = parts_.traffic.line("query").pacer;
        if (Settler::isThrottled(answer, parts_.refusals)) {
            if (manner_ == Manner::AtOnce) return failed(Fault::Throttled, "national.query", "throttled");
            const auto after = answer.outcome ? std::nullopt : answer.outcome.error().retryAfter;
            pacer.throttled(startedAt, now, after.value_or(0s));
            continue;
        }
        if (!answer.outcome) return tl::unexpected(answer.outcome.error());
        if (manner_ == Manner::Paced) pacer.passed(startedAt, now);
        return answer.outcome->holdings.value_or(Holdings{});
    }
}

Result<Holdings> NationalQuery::ask(const std::string& number, const std::string& identityCard,
                                    const std::stop_token& stop) {
    Holdings holdings;
    for (QueryCertificate query : {QueryCertificate{number, ""}, QueryCertificate{"", identityCard}}) {
        if (itemOf(holdings, number) != nullptr || (query.certNum.empty() && query.identityCard.empty())) continue;
        auto shown = call(std::move(query), stop);
        if (!shown) return shown;
        holdings.items.insert(holdings.items.end(), shown->items.begin(), shown->items.end());
    }
    return holdings;
}

}  // namespace lianzheng
