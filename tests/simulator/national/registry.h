#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "tests/simulator/national/clock.h"
#include "tests/simulator/national/code_seal.h"
#include "tests/simulator/national/entry.h"
#include "tests/simulator/national/operation.h"
#include "tests/simulator/national/reply.h"
#include "tests/simulator/national/request_body.h"
#include "tests/simulator/national/rules.h"
#include "tests/simulator/national/stats.h"
#include "tests/simulator/national/throttle.h"

namespace lianzheng::sim::national {

/// The platform without its wire: a call's body in, what it answers out. The same bodies in the same order under the
/// same clock and seed leave the same registry and code ids.
/// Threads: every method from any thread.
/// Errors: a body that is no request is Reply::Kind::BadRequest; nothing throws but for lack of memory.
class Registry {
public:
    /// `seal` may be null: assigning then answers without encryCertid and encryKey, and codes are read from entries.
    Registry(Rules rules, std::shared_ptr<const CodeSeal> seal, Now now, std::uint64_t seed);

    /// Judges and acts. `request` is only remembered in the events.
    Reply handle(Operation operation, std::string_view body, std::uint64_t request = 0);

    [[nodiscard]] std::optional<Entry> find(std::string_view certNum) const;
    /// Every entry, in the order of the bytes of certNum.
    [[nodiscard]] std::vector<Entry> entries() const;
    void forEach(const std::function<void(const Entry&)>& visit) const;
    [[nodiscard]] Stats stats() const;
    [[nodiscard]] Rules rules() const;
    void setRules(Rules rules);
    /// Changes nobody asked for by a call: seeds, restored state, tampering.
    void put(Entry entry);
    void erase(std::string_view certNum);

private:
    /// What became of one item: the SuccessData item, or the refusal.
    struct Outcome {
        Fields success;
        std::optional<Refusal> refusal;
    };
    using Items = std::vector<Item>;

    Reply answerItems(Operation operation, const Items& items, std::vector<std::optional<Refusal>> refusals);
    Reply answerWhole(Operation operation, const Items& items, std::vector<std::optional<Refusal>> refusals);
    Outcome act(Operation operation, const Fields& item);
    Outcome assign(Operation operation, const Fields& item);
    Outcome collect(const Fields& item);
    Outcome update(const Fields& item);
    Outcome changeIdentity(const Fields& item);
    Outcome check(const Fields& item);
    Reply query(Operation operation, const Items& items, std::vector<std::optional<Refusal>> refusals);
    Reply queryIn(const Fields& item) const;
    [[nodiscard]] std::vector<Fields> queryOut(const Fields& item) const;

    /// The first answer to an eCertID accepted before, when it is that event again.
    std::optional<Outcome> repeated(Operation operation, const Fields& item);
    [[nodiscard]] std::optional<Refusal> stepRefusal(const Fields& item) const;
    [[nodiscard]] std::optional<Refusal> predecessorRefusal(const Fields& item, const Entry* known) const;
    [[nodiscard]] std::optional<Refusal> holdingRefusalOf(std::span<const Fields* const> proposed,
                                                          std::size_t index) const;
    Fields accept(Operation operation, const Fields& item);
    void remember(Operation operation, const Fields& item, Entry& entry, Fields reply);
    [[nodiscard]] std::string newCode(const Fields& item) const;
    Fields sealed(const Fields& item, const std::string& code) const;

    [[nodiscard]] std::string guidOf(Operation operation, const Fields& item) const;
    void countRefusal(Operation operation, const Fields& item, const Refusal& refusal, Reply& reply);
    void countAccepted(Operation operation);
    [[nodiscard]] const Entry* known(std::string_view certNum) const;
    void store(Entry entry);
    void index(const Entry& entry, bool add);

    mutable std::mutex mutex_;
    Rules rules_;
    std::shared_ptr<const CodeSeal> seal_;
    Now now_;
    std::uint64_t seed_;
    std::uint64_t request_ = 0;
    Throttle throttle_;
    Stats stats_;
    std::map<std::string, Entry, std::less<>> entries_;
    std::unordered_map<std::string, std::unordered_set<std::string>> byPerson_;
    std::unordered_map<std::string, std::unordered_set<std::string>> legalAByCompany_;
    std::unordered_map<std::string, std::string> byCode_;
    std::unordered_map<std::string, std::string> byEvent_;
};

/// A digest of an item's business content apart from its eCertID.
std::string contentOf(const Fields& item);

}  // namespace lianzheng::sim::national
