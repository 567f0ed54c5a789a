#include <chrono>

#include "tests/simulator/province/business_day.h"

namespace lianzheng::sim::province {

void BusinessDay::end(Held& held, const char* reason, const char* state) {
    set(held, "ZXLX = ?, YWLX = '50'", {reason});
    held.state = state;
    patches_[held.key].fields["certState"] = state;
}

bool BusinessDay::suspend() {
    Held* held = someoneValid();
    if (held == nullptr) return false;
    tables_.addSuspension(held->key, written(options_.day), "现场检查发现重大隐患");
    set(*held, "", {});
    held->state = patches_[held->key].fields["certState"] = "02";
    return true;
}

bool BusinessDay::restore() {
    Held* held = someone([](const Held& one) { return one.pushed && one.settled && one.state == "02"; });
    if (held == nullptr) return false;
    database_.run("UPDATE T_AQSC_ZK SET FHRQ = ?, DQBZ = '0' WHERE ZSID = ? AND DQBZ = '1'",
                  std::vector<Cell>{written(options_.day), held->key});
    set(*held, "", {});
    held->state = patches_[held->key].fields["certState"] = "01";
    return true;
}

bool BusinessDay::cancel() {
    Held* held = someoneValid();
    if (held != nullptr) end(*held, "1", "04");
    return held != nullptr;
}

bool BusinessDay::rescind() {
    Held* held = someoneValid();
    if (held != nullptr) end(*held, "2", "03");
    return held != nullptr;
}

bool BusinessDay::revoke() {
    Held* held = someoneValid();
    if (held != nullptr) end(*held, "3", "07");
    return held != nullptr;
}

bool BusinessDay::transferOut() {
    Held* held = someoneValid();
    if (held == nullptr) return false;
    database_.run("UPDATE T_AQSC_ZY SET DQBZ = '0' WHERE ZSID = ?", std::vector<Cell>{held->key});
    tables_.addTransfer(held->key, "转出", written(options_.day));
    set(*held, "YWLX = '60'", {});
    held->state = patches_[held->key].fields["certState"] = "06";
    return true;
}

bool BusinessDay::cancelTransferOut() {
    Held* held = someone(
        [&](const Held& one) { return one.pushed && one.settled && one.state == "06" && one.expiring > options_.day; });
    if (held == nullptr) return false;
    database_.run("UPDATE T_AQSC_ZY SET DQBZ = '0' WHERE ZSID = ?", std::vector<Cell>{held->key});
    set(*held, "YWLX = '61'", {});
    held->state = patches_[held->key].fields["certState"] = "01";
    return true;
}

bool BusinessDay::renewalInHand() {
    Held* held = someone([&](const Held& one) {
        return isValid(one) && one.expiring > options_.day && !book_.renewalsInHand.contains(one.key) &&
               one.expiring - options_.day < std::chrono::days{30};
    });
    if (held == nullptr) return false;
    tables_.addRenewal(held->key, written(options_.day), true);
    book_.renewalsInHand.insert(held->key);
    set(*held, "", {});
    return true;
}

std::int64_t BusinessDay::expireByDate() {
    std::int64_t expired = 0;
    for (Held& held : book_.held) {
        const bool valid = held.pushed && (held.state == "01" || held.state == "02");
        if (!valid || held.expiring >= options_.day) continue;
        const bool heldBack =
            book_.renewalsInHand.contains(held.key) && options_.day - held.expiring <= std::chrono::days{20};
        if (heldBack) continue;
        held.state = patches_[held.key].fields["certState"] = "04";
        ++expired;
    }
    return expired;
}

std::int64_t BusinessDay::cancelShare(double percent) {
    std::int64_t cancelled = 0;
    for (Held& held : book_.held) {
        const bool fits = isValid(held) && held.expiring >= options_.day && !patches_.contains(held.key);
        if (!fits || !dice_.chance(percent / 100)) continue;
        end(held, "1", "04");
        ++cancelled;
    }
    return cancelled;
}

}  // namespace lianzheng::sim::province
