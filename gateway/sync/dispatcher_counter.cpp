#include <utility>

#include "gateway/sync/dispatcher.h"

namespace lianzheng {

using namespace std::chrono_literals;

Status Dispatcher::attend(bool ending) {
    for (const auto& [question, completion] : std::exchange(told_, {})) {
        if (const Status done = visits_.told(question, completion); !done) return done;
        looked_ = false;
    }
    if (!counter.arrivals) return ok();
    const TimePoint now = parts_.clock.now();
    if (!ending && now >= listenAgainAt_) {
        listenAgainAt_ = now + 10ms;
        if (const Status come = counter.arrivals(visits_); !come) return come;
    }
    if (visits_.empty()) return ok();
    if (!ending && visits_.hasMore()) {
        std::vector<Visits::Question> questions;
        if (const Status done = visits_.next(questions); !done) return done;
        for (Visits::Question& question : questions) {
            const Ticket ticket = parts_.platform.start(Request{question.query});
            questions_.emplace(ticket, std::move(question));
        }
        emptyTill_ = {};  // some may need no question
        looked_ = false;
    }
    if (std::exchange(looked_, true)) return ok();
    std::vector<Visits::Ended> ended;
    if (const Status done = visits_.takeEnded(upTo_, ended); !done) return done;
    for (const Visits::Ended& each : ended) {
        if (const Status done = counter.answer(each); !done) return done;
    }
    return ok();
}

Status Dispatcher::closeCounter() {
    for (const Visits::Ended& each : visits_.close()) {
        if (!counter.answer) continue;
        if (const Status done = counter.answer(each); !done) return done;
    }
    return ok();
}

}  // namespace lianzheng
