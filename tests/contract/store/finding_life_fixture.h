#pragma once

#include <string>
#include <vector>

#include "tests/contract/store/store_fixture.h"

namespace lianzheng::test {

/// A store, findings as runs see them, and words of people about them.
class FindingLifeTest : public StoreTest {
protected:
    static Finding seen(int serial, std::int64_t run, TimePoint now) {
        Finding finding;
        finding.number = numberOf(serial);
        finding.kind = "state_mismatch";
        finding.firstSeen = finding.lastSeen = now;
        finding.lastRun = run;
        finding.dueAt = now + std::chrono::hours{240};
        return finding;
    }
    static MoveFinding word(int serial, FindingStage stage, TimePoint now) {
        MoveFinding move;
        move.number = numberOf(serial);
        move.stage = stage;
        move.actor = "王五";
        move.note = "原因";
        move.at = now;
        return move;
    }
    Finding one(int serial) {
        const auto all = store_->findings(false);
        for (const Finding& finding : all.value()) {
            if (finding.number == numberOf(serial)) return finding;
        }
        ADD_FAILURE() << "no finding of " << serial;
        return {};
    }
    std::vector<std::string> history(int serial) {
        std::vector<std::string> what;
        const auto events = store_->findingEvents(numberOf(serial));
        for (const FindingEvent& event : events.value()) what.push_back(event.what);
        return what;
    }
    using Words = std::vector<std::string>;
};

}  // namespace lianzheng::test
