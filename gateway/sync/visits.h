#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/sync/parts.h"
#include "gateway/sync/resync.h"

namespace lianzheng {

/// People at the counter: certificates that somebody waits for while much else is being sent. Each is read on both
/// sides again, planned and queued in the manual lane as a resync does, all of them at the same time and beside the
/// rest, so that nobody waits for another's answer. The platform is asked by number and by identity number at once: a
/// person waits for one round trip, not for two. Threads: the dispatcher's. Errors: those of the store and the
/// province; what goes wrong for one visit ends that one.
class Visits {
public:
    struct Question {
        std::int64_t visit = 0;
        std::string number;
        QueryCertificate query;
    };
    struct Ended {
        std::int64_t visit = 0;
        std::size_t certificates = 0;
        std::optional<Error> error;
    };
    explicit Visits(SyncParts parts) : parts_(parts), resync_(parts) {}

    /// Somebody comes with certificates, once: who is known by `id` already is not taken in again.
    void arrive(std::int64_t id, std::vector<std::string> numbers, const std::string& reason, bool force);
    [[nodiscard]] bool has(std::int64_t id) const { return visits_.contains(id); }
    [[nodiscard]] bool empty() const { return visits_.empty(); }
    /// Whether something is left to be read or asked.
    [[nodiscard]] bool hasMore() const;
    /// Reads the province for those who came, and returns what the platform is to be asked.
    Status next(std::vector<Question>& questions);
    /// The platform's answer.
    void told(const Question& question, const Completion& completion);
    /// Queues the steps of those of whom both sides have answered, and returns their numbers. All that was claimed must
    /// be durable; whose number is `busy` waits until what is under way has landed.
    std::vector<std::string> conclude(const std::function<bool(const std::string&)>& busy);
    /// Takes out those whose certificates are through: nothing of them is due now in a lane up to `upTo`.
    Status takeEnded(Lane upTo, std::vector<Ended>& ended);
    /// Takes out everybody: whose steps are queued has his answer, the others come again.
    std::vector<Ended> close();

private:
    struct Asked {
        std::vector<Desired> rows;
        Holdings holdings;
        int open = 0;  ///< questions without an answer
    };
    struct Ready {
        std::string number;
        std::vector<Desired> rows;
        std::optional<Holdings> holdings;  ///< nothing: the platform was not asked
    };
    struct Visit {
        std::deque<std::string> toRead;
        std::map<std::string, Asked> asked;
        std::vector<Ready> ready;
        std::vector<std::string> queued;
        std::string reason;
        bool force = false;
        std::optional<Error> error;
        [[nodiscard]] bool concluded() const { return error || (toRead.empty() && asked.empty() && ready.empty()); }
    };
    Status read(std::int64_t id, Visit& visit, std::string number, std::vector<Question>& questions);
    Result<bool> isThrough(const Visit& visit, Lane upTo);
    static Ended endOf(std::int64_t id, const Visit& visit);

    SyncParts parts_;
    Resync resync_;
    std::map<std::int64_t, Visit> visits_;
    std::size_t asked_ = 0;  ///< certificates of which an answer is open
};

/// The counter as whoever keeps the people's list sees it; both or none.
struct Counter {
    std::function<Status(Visits&)> arrivals;             ///< asked often, so it must be cheap when nobody came
    std::function<Status(const Visits::Ended&)> answer;  ///< somebody leaves
};

}  // namespace lianzheng
