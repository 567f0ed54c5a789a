#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/national/platform.h"

namespace lianzheng {

/// A platform in memory: it keeps a registry by certificate number, remembers every accepted event and fails as told.
/// Calls are judged in the order of start(), and end in that order at the next poll().
/// Scripted outcomes (failNext, refuseNext) are used up one a call, in the order given, before anything else is
/// decided. Threads: as Platform; hold() and release() may come from another thread, everything else from the owner's.
class FakePlatform final : public Platform {
public:
    /// What the platform holds of one certificate.
    struct Entry {
        Certificate record;
        std::string zzeCertId;
        std::string codeId;                     ///< the newest
        bool collected = false;                 ///< the newest code has been collected
        std::vector<std::string> accepted;      ///< eCertIDs of the events that took effect, each once, in order
        std::vector<OperateType> operateTypes;  ///< beside each accepted event
        std::size_t identityChanges = 0;        ///< that took effect
        std::size_t collects = 0;               ///< that took effect
    };
    using Registry = std::map<std::string, Entry, std::less<>>;
    /// What a repeated eCertID is answered with; both are to be expected (national interface, section 6).
    enum class Repeat : std::uint8_t { SameReply, NumberExists };

    Ticket start(Request request) override;
    /// Waits only while calls are held; with nothing to report it returns at once.
    std::vector<Completion> poll(std::chrono::milliseconds timeout, const std::stop_token& stop) override;

    /// The next call ends like this, before or after its effect.
    void failNext(Error error, bool afterEffect = false);
    /// The next call is refused with this ErrorMsg, without effect.
    void refuseNext(std::string message);
    /// The next call is accepted with this WarnMsg.
    void warnNext(std::string message);
    /// The n-th writing call from now on (from 1) ends with `fault`, and never reached the platform.
    void failBefore(std::size_t n, Fault fault = Fault::InDoubt);
    /// The n-th writing call from now on (from 1) takes effect, and its reply is lost.
    void failAfter(std::size_t n, Fault fault = Fault::InDoubt);
    /// No scripted outcome or counted failure is left.
    void heal();
    /// Keeps replies back until release(), or until poll() is told to stop.
    void hold();
    void release();

    [[nodiscard]] const Registry& registry() const { return registry_; }
    /// For what earlier pushes left there, and for tampering.
    Registry& editRegistry() { return registry_; }
    /// Calls that have been started and not reported.
    [[nodiscard]] std::size_t underWay() const { return ended_.size(); }
    /// Writing calls that have been started, ever.
    [[nodiscard]] std::size_t writingCalls() const { return writingCalls_; }

    std::vector<Request> sent;  ///< every call, in order, failed ones too
    Repeat repeat = Repeat::SameReply;
    bool refuseKnownNumbers = false;  ///< 01 and 08 of a number that is there: 证书编号已存在
    bool showsQueries = true;         ///< false: every query is answered empty (platform.readback = none)

private:
    struct Failing {
        Error error;
        bool afterEffect = false;
    };
    struct Refusing {
        std::string message;
    };
    struct Warning {
        std::string message;
    };
    using Scripted = std::variant<Failing, Refusing, Warning>;

    std::optional<Scripted> takeScript(bool writing);
    Result<Verdict> decide(const Request& request);
    Verdict perform(const Request& request);
    Verdict perform(const AssignCode& request);
    Verdict perform(const ChangeEmployer& request);
    Verdict perform(const Batch& request);
    Verdict perform(const CheckAdmission& request);
    Verdict perform(const CollectLicence& request);
    Verdict perform(const UpdateState& request);
    Verdict perform(const ChangeIdentity& request);
    Verdict perform(const QueryCertificate& request);
    Verdict perform(const QueryTransferIns& request);

    Registry registry_;
    std::deque<Scripted> script_;
    std::map<std::size_t, Failing> counted_;                ///< by the number of the writing call
    std::map<std::string, Verdict, std::less<>> verdicts_;  ///< by eCertID, for repeats
    std::size_t writingCalls_ = 0;
    std::uint64_t tickets_ = 0;
    std::uint64_t codes_ = 0;
    std::vector<Result<Verdict>> items_;  ///< of the batch that was performed last
    std::deque<Completion> ended_;
    std::mutex mutex_;
    std::condition_variable_any released_;
    bool held_ = false;
};

}  // namespace lianzheng
