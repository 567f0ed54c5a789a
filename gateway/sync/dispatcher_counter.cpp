#include <algorithm>
#include <utility>

#include "gateway/sync/dispatcher.h"

namespace lianzheng {

using namespace std::chrono_literals;

/// A flight's intent must not be replaced while it is under way.
bool Dispatcher::isUnderWay(const std::string& number) const {
    const auto isIts = [&](const OutboxRow& row) { return row.number == number; };
    return std::any_of(flights_.begin(), flights_.end(), [&](const auto& each) {
        return isIts(each.second.row) || std::any_of(each.second.others.begin(), each.second.others.end(), isIts);
    });
}

/// What rested may have been replaced, and is then not to be woken.
Status Dispatcher::forgetReplaced(const std::vector<std::string>& numbers) {
    for (const std::string& number : numbers) {
        const auto intent = parts_.store.intentOf(number);
        if (!intent) return tl::unexpected(intent.error());
        std::erase_if(waits_, [&](const Resting& rest) {
            return rest.number == number && (!*intent || (*intent)->id != rest.id);
        });
    }
    return ok();
}

Status Dispatcher::ask() {
    std::vector<Visits::Question> questions;
    if (const Status done = visits_.next(questions); !done) return done;
    for (Visits::Question& question : questions) {
        const Ticket ticket = parts_.platform.start(Request{question.query});
        questions_.emplace(ticket, std::move(question));
    }
    const auto concluded = visits_.conclude([this](const std::string& number) { return isUnderWay(number); });
    if (concluded.empty()) return ok();
    emptyTill_ = {};
    looked_ = false;
    return forgetReplaced(concluded);
}

Status Dispatcher::attend(bool ending) {
    for (const auto& [question, completion] : std::exchange(told_, {})) {
        visits_.told(question, completion);
        looked_ = false;
    }
    if (!counter.arrivals) return ok();
    const TimePoint now = parts_.clock.now();
    if (!ending && now >= listenAgainAt_) {
        listenAgainAt_ = now + 10ms;
        if (const Status come = counter.arrivals(visits_); !come) return come;
    }
    if (visits_.empty()) return ok();
    if (!ending) {
        if (const Status asked = ask(); !asked) return asked;
    }
    if (std::exchange(looked_, true)) return ok();
    std::vector<Visits::Ended> ended;
    if (const Status done = visits_.takeEnded(upTo_, ended); !done) return done;
    for (const Visits::Ended& each : ended) {
        if (const Status done = counter.answer(each); !done) return done;
    }
    return ok();
}

Result<bool> Dispatcher::somebodyWaits() {
    if (!counter.arrivals) return false;
    if (const Status come = counter.arrivals(visits_); !come) return tl::unexpected(come.error());
    return !visits_.empty();
}

Status Dispatcher::closeCounter() {
    for (const Visits::Ended& each : visits_.close()) {
        if (!counter.answer) continue;
        if (const Status done = counter.answer(each); !done) return done;
    }
    return ok();
}

}  // namespace lianzheng
