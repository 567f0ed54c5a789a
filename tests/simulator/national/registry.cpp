#include "tests/simulator/national/registry.h"

#include <algorithm>
#include <utility>

#include "tests/simulator/national/hashes.h"
#include "tests/simulator/national/item_rules.h"
#include "tests/simulator/national/state_rules.h"

namespace lianzheng::sim::national {

namespace {

bool isThrottled(Operation operation) {
    return operation == Operation::Assign || operation == Operation::Collect || operation == Operation::ChangeEmployer;
}

Reply refusedWhole(const char* text) {
    Reply reply;
    reply.message = "操作失败";
    reply.errors.push_back({"", text});
    return reply;
}

}  // namespace

std::string contentOf(const Fields& item) {
    std::string text;
    for (const auto& [name, value] : item) {
        // The predecessor's identifier moves with every collect: it is no part of what happened to the holder.
        if (name == "eCertID" || name == "zzeCertID" || name == "associatedZzeCertID" || value.empty()) continue;
        text.append(name).append(1, '\0').append(value).append(1, '\0');
    }
    return lowerHex(sha256(text)).substr(0, 32);
}

Registry::Registry(Rules rules, std::shared_ptr<const CodeSeal> seal, Now now, std::uint64_t seed)
    : rules_(std::move(rules)), seal_(std::move(seal)), now_(std::move(now)), seed_(seed) {}

Reply Registry::handle(Operation operation, std::string_view body, std::uint64_t request) {
    const std::optional<Items> items = parseItems(body);
    if (!items) {
        Reply reply = refusedWhole("请求格式不正确");
        reply.kind = Reply::Kind::BadRequest;
        return reply;
    }
    if (items->empty()) return refusedWhole("AcceptData不能为空");
    // Photos are decoded here, before the lock.
    const Rules rulesNow = rules();
    std::vector<std::optional<Refusal>> refusals;
    for (const Item& item : *items) {
        refusals.push_back(item.problem.empty() ? itemRefusal(operation, item.fields, rulesNow)
                                                : std::optional{Refusal{"form", item.problem}});
    }

    const std::lock_guard lock{mutex_};
    request_ = request;
    Stats::Count& count = stats_.operations[std::string(nameOf(operation))];
    count.requests += 1;
    count.items += items->size();
    for (const Item& item : *items) {
        for (const auto& [name, value] : item.fields) {
            if (!isListedField(operation, name, rules_.type)) stats_.unlistedFields[name] += 1;
        }
    }
    if (rules_.batchMax != 0 && items->size() > rules_.batchMax) {
        const char* const text = "批量数据超出上限";
        if (rules_.batchAnswer != BatchAnswer::Each) {
            count.refused += items->size();
            Reply reply = refusedWhole(text);
            if (rules_.batchAnswer == BatchAnswer::TooLarge) reply.kind = Reply::Kind::TooLarge;
            return reply;
        }
        std::fill(refusals.begin(), refusals.end(), Refusal{"batch", text});
    }
    if (isThrottled(operation)) {
        const bool tooMany = rules_.throttleAnswer == ThrottleAnswer::TooManyRequests;
        const std::size_t passed = throttle_.pass(items->size(), rules_.throttlePerSecond, now_(),
                                                  tooMany || operation == Operation::ChangeEmployer);
        if (tooMany && passed < items->size()) {
            stats_.refusals[kTooFast] += items->size();
            count.refused += items->size();
            Reply reply = refusedWhole(kTooFast);
            reply.kind = Reply::Kind::TooManyRequests;
            return reply;
        }
        for (std::size_t i = passed; i < items->size(); ++i) refusals[i] = refused(kTooFast, "");
    }
    if (operation == Operation::QueryOut || operation == Operation::QueryIn) {
        return query(operation, *items, std::move(refusals));
    }
    const bool whole = operation == Operation::ChangeEmployer || (rules_.allOrNothingBatches && writes(operation));
    return whole ? answerWhole(operation, *items, std::move(refusals))
                 : answerItems(operation, *items, std::move(refusals));
}

Reply Registry::answerItems(Operation operation, const Items& items, std::vector<std::optional<Refusal>> refusals) {
    Reply reply;
    reply.successMatters = operation == Operation::Assign;
    for (std::size_t i = 0; i < items.size(); ++i) {
        Outcome outcome;
        if (refusals[i]) {
            outcome.refusal = std::move(refusals[i]);
        } else {
            outcome = act(operation, items[i].fields);
        }
        if (outcome.refusal) {
            countRefusal(operation, items[i].fields, *outcome.refusal, reply);
            continue;
        }
        countAccepted(operation);
        if (operation != Operation::Collect || rules_.collectListsSuccess) {
            reply.success.push_back(std::move(outcome.success));
        }
    }
    return reply;
}

Reply Registry::answerWhole(Operation operation, const Items& items, std::vector<std::optional<Refusal>> refusals) {
    Reply reply;
    std::vector<const Fields*> proposed;
    for (const Item& item : items) proposed.push_back(&item.fields);
    const bool employer = operation == Operation::ChangeEmployer;

    std::vector<Outcome> outcomes(items.size());
    std::vector<std::pair<std::string, std::optional<Entry>>> before;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Fields& item = items[i].fields;
        outcomes[i].refusal = std::move(refusals[i]);
        if (outcomes[i].refusal) continue;
        if (employer && valueOf(item, "identityCard") != valueOf(items.front().fields, "identityCard")) {
            outcomes[i].refusal = Refusal{"batch", "一次只能变更一人的证书"};
            continue;
        }
        if (employer) {
            if (auto again = repeated(operation, item)) {
                outcomes[i] = std::move(*again);
                continue;
            }
            outcomes[i].refusal = stepRefusal(item);
            if (!outcomes[i].refusal) outcomes[i].refusal = holdingRefusalOf(proposed, i);
            continue;
        }
        std::string certNum{valueOf(item, "certNum")};
        if (operation == Operation::Collect) {
            const auto code = byCode_.find(std::string(valueOf(item, "ID")));
            if (code != byCode_.end()) certNum = code->second;
        }
        const Entry* entry = known(certNum);
        before.emplace_back(certNum, entry != nullptr ? std::optional{*entry} : std::nullopt);
        outcomes[i] = act(operation, item);
    }
    const bool good = std::none_of(outcomes.begin(), outcomes.end(), [](const Outcome& o) { return o.refusal; });
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (outcomes[i].refusal) {
            countRefusal(operation, items[i].fields, *outcomes[i].refusal, reply);
        } else if (good) {
            if (employer && outcomes[i].success.empty()) outcomes[i].success = accept(operation, items[i].fields);
            countAccepted(operation);
            reply.success.push_back(std::move(outcomes[i].success));
        }
    }
    for (auto undo = before.rbegin(); !good && undo != before.rend(); ++undo) {
        if (const Entry* entry = known(undo->first)) {
            index(*entry, false);
            entries_.erase(entries_.find(undo->first));
        }
        if (undo->second) store(std::move(*undo->second));
    }
    reply.successMatters = employer || operation == Operation::Assign;
    return reply;
}

Registry::Outcome Registry::act(Operation operation, const Fields& item) {
    switch (operation) {
        case Operation::Assign:
            return assign(operation, item);
        case Operation::Collect:
            return collect(item);
        case Operation::Update:
            return update(item);
        case Operation::ChangeIdentity:
            return changeIdentity(item);
        default:
            return check(item);
    }
}

std::string Registry::guidOf(Operation operation, const Fields& item) const {
    std::string_view field = "eCertID";
    if (operation == Operation::Collect) field = rules_.errorGuidIsZzeCertId ? "zzeCertID" : "ID";
    if (operation == Operation::QueryOut || operation == Operation::QueryIn) {
        field = rules_.queryGuidIsProvinceNum ? "provinceNum" : "certNum";
    }
    return std::string(valueOf(item, field));
}

void Registry::countRefusal(Operation operation, const Fields& item, const Refusal& refusal, Reply& reply) {
    stats_.operations[std::string(nameOf(operation))].refused += 1;
    stats_.refusals[refusal.kind] += 1;
    reply.message = "操作失败";
    reply.errors.push_back({guidOf(operation, item), refusal.text});
    const Entry* entry = writes(operation) ? known(valueOf(item, "certNum")) : nullptr;
    if (entry == nullptr || entry->events.empty() || refusal.kind == kTooFast) return;
    const Event& last = entry->events.back();
    if (last.eCertId != valueOf(item, "eCertID") && last.content == contentOf(item)) stats_.doubleRefused += 1;
}

void Registry::countAccepted(Operation operation) { stats_.operations[std::string(nameOf(operation))].accepted += 1; }

std::optional<Entry> Registry::find(std::string_view certNum) const {
    const std::lock_guard lock{mutex_};
    const Entry* entry = known(certNum);
    return entry == nullptr ? std::nullopt : std::optional{*entry};
}

std::vector<Entry> Registry::entries() const {
    std::vector<Entry> all;
    forEach([&](const Entry& entry) { all.push_back(entry); });
    return all;
}

void Registry::forEach(const std::function<void(const Entry&)>& visit) const {
    const std::lock_guard lock{mutex_};
    for (const auto& [certNum, entry] : entries_) visit(entry);
}

Stats Registry::stats() const {
    const std::lock_guard lock{mutex_};
    Stats stats = stats_;
    stats.certificates = entries_.size();
    for (const auto& [certNum, entry] : entries_) stats.doubled += entry.doubled ? 1 : 0;
    return stats;
}

Rules Registry::rules() const {
    const std::lock_guard lock{mutex_};
    return rules_;
}

void Registry::setRules(Rules rules) {
    const std::lock_guard lock{mutex_};
    rules_ = std::move(rules);
}

void Registry::put(Entry entry) {
    const std::lock_guard lock{mutex_};
    if (entry.codeId.empty()) {
        entry.codeId = newCode(entry.record);
        entry.codes.push_back(entry.codeId);
    }
    // When a seed was cancelled is not known: one past its end is taken for cancelled by the expiry policy.
    if (entry.origin == "seed" && entry.state() == cancelled(rules_.type))
        entry.lapsed = entry.at("expiringDate") < shanghaiDay(now_());
    store(std::move(entry));
}

void Registry::erase(std::string_view certNum) {
    const std::lock_guard lock{mutex_};
    const auto found = entries_.find(certNum);
    if (found == entries_.end()) return;
    index(found->second, false);
    entries_.erase(found);
}

const Entry* Registry::known(std::string_view certNum) const {
    const auto found = entries_.find(certNum);
    return found == entries_.end() ? nullptr : &found->second;
}

void Registry::store(Entry entry) {
    std::string certNum{entry.certNum()};
    const auto found = entries_.find(certNum);
    if (found != entries_.end()) index(found->second, false);
    index(entry, true);
    entries_.insert_or_assign(std::move(certNum), std::move(entry));
}

void Registry::index(const Entry& entry, bool add) {
    const std::string certNum{entry.certNum()};
    const auto among = [&](auto& sets, std::string_view key) {
        if (add) {
            sets[std::string(key)].insert(certNum);
            return;
        }
        const auto set = sets.find(std::string(key));
        if (set == sets.end()) return;
        set->second.erase(certNum);
        if (set->second.empty()) sets.erase(set);
    };
    const auto named = [&](auto& names, const std::string& key) {
        if (key.empty()) return;
        if (add) {
            names[key] = certNum;
        } else {
            names.erase(key);
        }
    };
    among(byPerson_, entry.at("identityCard"));
    if (entry.at("categoryCode") == "A" && entry.at("appointment") == "01") {
        among(legalAByCompany_, entry.at("creditCode"));
    }
    for (const std::string& code : entry.codes) named(byCode_, code);
    for (const Event& event : entry.events) {
        if (event.operation != nameOf(Operation::Collect)) named(byEvent_, event.eCertId);
    }
}

}  // namespace lianzheng::sim::national
