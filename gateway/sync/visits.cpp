#include "gateway/sync/visits.h"

#include <iterator>
#include <utility>

#include "gateway/sync/provincial_rows.h"
#include "gateway/sync/settlement.h"

namespace lianzheng {
namespace {

/// Certificates asked about at the same time: a long list is read by and by, between other people's.
constexpr std::size_t kAskedAtOnce = 16;

}  // namespace

void Visits::arrive(std::int64_t id, std::vector<std::string> numbers, const std::string& reason, bool force) {
    const auto [place, isNew] = visits_.try_emplace(id);
    if (!isNew) return;
    Visit& visit = place->second;
    visit.toRead.assign(std::make_move_iterator(numbers.begin()), std::make_move_iterator(numbers.end()));
    visit.reason = reason;
    visit.force = force;
}

bool Visits::hasMore() const {
    for (const auto& [id, visit] : visits_) {
        if (!visit.concluded()) return true;
    }
    return false;
}

Status Visits::next(std::vector<Question>& questions) {
    // One of each at a time: a long list does not hold up a short one.
    for (bool more = true; more && asked_ < kAskedAtOnce;) {
        more = false;
        for (auto& [id, visit] : visits_) {
            if (visit.error || visit.toRead.empty() || asked_ >= kAskedAtOnce) continue;
            std::string number = std::move(visit.toRead.front());
            visit.toRead.pop_front();
            if (const Status done = read(id, visit, std::move(number), questions); !done) return done;
            more = true;
        }
    }
    return ok();
}

Status Visits::read(std::int64_t id, Visit& visit, std::string number, std::vector<Question>& questions) {
    auto rows = provincialRows(parts_.source, parts_.map, number);
    if (!rows) {
        visit.error = rows.error();
        return ok();
    }
    const auto intent = parts_.store.intentOf(number);
    if (!intent) return tl::unexpected(intent.error());
    const bool underWay = *intent && (*intent)->state != OutboxState::Queued;
    if (underWay || rows->empty() || !parts_.settings.readBack) {
        visit.ready.push_back({std::move(number), std::move(*rows), std::nullopt});
        return ok();
    }
    Asked asked;
    questions.push_back({id, number, QueryCertificate{number, ""}});
    asked.open = 1;
    if (const std::string& identity = rows->front().record[Field::IdentityCard]; !identity.empty()) {
        questions.push_back({id, number, QueryCertificate{"", identity}});
        asked.open += 1;
    }
    asked.rows = std::move(*rows);
    asked_ += 1;
    visit.asked.insert_or_assign(std::move(number), std::move(asked));
    return ok();
}

void Visits::told(const Question& question, const Completion& completion) {
    const auto visit = visits_.find(question.visit);
    if (visit == visits_.end()) return;
    const auto found = visit->second.asked.find(question.number);
    if (found == visit->second.asked.end()) return;
    Asked& asked = found->second;
    asked.open -= 1;
    if (Settler::isThrottled(completion, parts_.refusals)) {
        visit->second.error = Error{Fault::Throttled, "national.query", "throttled", std::nullopt};
    } else if (!completion.outcome) {
        visit->second.error = completion.outcome.error();
    } else if (completion.outcome->holdings) {
        const auto& items = completion.outcome->holdings->items;
        asked.holdings.items.insert(asked.holdings.items.end(), items.begin(), items.end());
    }
    if (asked.open > 0) return;
    visit->second.ready.push_back({question.number, std::move(asked.rows), std::move(asked.holdings)});
    visit->second.asked.erase(found);
    asked_ -= 1;
}

std::vector<std::string> Visits::conclude(const std::function<bool(const std::string&)>& busy) {
    std::vector<std::string> concluded;
    for (auto& [id, visit] : visits_) {
        std::erase_if(visit.ready, [&visit = visit, &concluded, &busy, this](const Ready& each) {
            if (visit.error) return true;
            if (busy(each.number)) return false;
            const auto item = resync_.conclude(each.number, each.rows, each.holdings ? &*each.holdings : nullptr,
                                               visit.reason, visit.force);
            if (!item) visit.error = item.error();
            visit.queued.push_back(each.number);
            concluded.push_back(each.number);
            return true;
        });
    }
    return concluded;
}

/// What rests until later, or stands in a lane that is not served now, is not waited for.
Result<bool> Visits::isThrough(const Visit& visit, Lane upTo) {
    if (visit.error) return visit.asked.empty();
    if (!visit.concluded()) return false;
    const TimePoint now = parts_.clock.now();
    for (const std::string& number : visit.queued) {
        const auto intent = parts_.store.intentOf(number);
        if (!intent) return tl::unexpected(intent.error());
        if (!*intent || (*intent)->step.lane > upTo) continue;
        if ((*intent)->state == OutboxState::Sending || (*intent)->dueAt <= now) return false;
    }
    return true;
}

Visits::Ended Visits::endOf(std::int64_t id, const Visit& visit) { return {id, visit.queued.size(), visit.error}; }

Status Visits::takeEnded(Lane upTo, std::vector<Ended>& ended) {
    for (auto visit = visits_.begin(); visit != visits_.end();) {
        const auto through = isThrough(visit->second, upTo);
        if (!through) return tl::unexpected(through.error());
        if (*through) ended.push_back(endOf(visit->first, visit->second));
        visit = *through ? visits_.erase(visit) : std::next(visit);
    }
    return ok();
}

std::vector<Visits::Ended> Visits::close() {
    std::vector<Ended> ended;
    for (const auto& [id, visit] : visits_) {
        if (visit.concluded()) ended.push_back(endOf(id, visit));
    }
    visits_.clear();
    asked_ = 0;
    return ended;
}

}  // namespace lianzheng
