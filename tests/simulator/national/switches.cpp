#include "tests/simulator/national/switches.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>
#include <map>
#include <utility>

namespace lianzheng::sim::national {

namespace {

template <typename Number>
bool read(const std::string& text, Number& into) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < Number{}) return false;
    into = value;
    return true;
}

template <typename Part, typename Number>
Switch number(std::string name, std::string help, Part Switches::*part, Number Part::*member) {
    return {std::move(name), std::move(help),
            [part, member](Switches& s, const std::string& text) { return read(text, s.*part.*member); }};
}

template <typename Value>
Switch choice(std::string name, std::string help, Value Rules::*member, std::map<std::string, Value> values) {
    return {std::move(name), std::move(help), [member, values](Switches& s, const std::string& text) {
                const auto found = values.find(text);
                if (found == values.end()) return false;
                s.rules.*member = found->second;
                return true;
            }};
}

Switch flag(std::string name, std::string help, bool Rules::*member) {
    return choice<bool>(std::move(name), std::move(help) + " (on|off)", member,
                        {{"on", true}, {"true", true}, {"off", false}, {"false", false}});
}

/// "K:name,K:name": each adds to what is planned; empty clears the plan.
bool readAt(Switches& s, const std::string& text) {
    if (text.empty()) {
        s.faults.at.clear();
        return true;
    }
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find(',', from), text.size());
        const std::string part = text.substr(from, end - from);
        const std::size_t colon = part.find(':');
        std::uint64_t call = 0;
        if (colon == std::string::npos || !read(part.substr(0, colon), call)) return false;
        const auto fault = faultNamed(part.substr(colon + 1));
        if (!fault) return false;
        s.faults.strike(call, *fault);
        from = end + 1;
    }
    return true;
}

bool readMaxLength(Switches& s, const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) return false;
    return read(text.substr(equals + 1), s.rules.maxLength[text.substr(0, equals)]);
}

bool readKillWhen(Switches& s, const std::string& text) {
    const std::map<std::string, KillWhen> values{
        {"before", KillWhen::Before}, {"acting", KillWhen::Acting}, {"after", KillWhen::After}};
    const auto found = values.find(text);
    if (found == values.end()) return false;
    s.faults.killWhen = found->second;
    return true;
}

std::vector<Switch> ruleSwitches() {
    const auto rules = &Switches::rules;
    return {
        choice<Type>("certificate-type", "anguan|tezhong", &Rules::type,
                     {{"anguan", Type::Anguan}, {"tezhong", Type::Tezhong}}),
        choice<Repeat>("repeat", "a repeated eCertID: reply|exists", &Rules::repeat,
                       {{"reply", Repeat::SameReply}, {"exists", Repeat::Exists}}),
        choice<Revival>("late-renewal", "02 on a cancelled certificate: refuse|expired|accept", &Rules::revival,
                        {{"refuse", Revival::Refuse}, {"expired", Revival::WhenExpired}, {"accept", Revival::Accept}}),
        choice<Readback>("readback", "query transferred-out shows: all|transferred", &Rules::readback,
                         {{"all", Readback::Everything}, {"transferred", Readback::TransferredOnly}}),
        choice<UnknownAnswer>("unknown-query", "query of an unknown certificate: empty|refuse", &Rules::unknownAnswer,
                              {{"empty", UnknownAnswer::EmptySuccess}, {"refuse", UnknownAnswer::Refusal}}),
        choice<TokenRefusal>("token-refusal", "a bad token: 401|status", &Rules::tokenRefusal,
                             {{"401", TokenRefusal::Unauthorised}, {"status", TokenRefusal::Status}}),
        choice<ThrottleAnswer>("throttle-answer", "too fast: refusal|429", &Rules::throttleAnswer,
                               {{"refusal", ThrottleAnswer::Refusal}, {"429", ThrottleAnswer::TooManyRequests}}),
        number("throttle", "items a second of assign and collect, 0 for no limit", rules, &Rules::throttlePerSecond),
        number("retry-after", "seconds sent with 429", rules, &Rules::retryAfterSeconds),
        flag("final-states", "03, 04 and 07 are not revived", &Rules::finalStates),
        flag("renew-unknown", "02 and 09 of an unknown certificate are accepted", &Rules::renewUnknown),
        flag("predecessor-must-agree", "associatedZzeCertID is compared", &Rules::predecessorMustAgree),
        flag("all-or-nothing", "ordinary batches are judged as a whole", &Rules::allOrNothingBatches),
        flag("holding-rules", "section 5", &Rules::holdingRules),
        flag("holding-rules-on-identity", "section 5 on change identity too", &Rules::holdingRulesOnIdentityChange),
        flag("rule6-needs-b-and-c", "an A beside B or C alone is not judged", &Rules::sixthRuleNeedsBothBAndC),
        flag("check-digits", "identity numbers, USCCs, identifiers", &Rules::checkDigits),
        flag("query-dates-with-time", "dates of the queries carry a time", &Rules::queryDatesWithTime),
        flag("collect-guid-zze", "collect names the item by zzeCertID", &Rules::errorGuidIsZzeCertId),
        flag("query-guid-province", "queries name the item by provinceNum", &Rules::queryGuidIsProvinceNum),
        flag("collect-lists-success", "collect fills SuccessData", &Rules::collectListsSuccess),
        flag("expires-in-number", "expires_in as a number", &Rules::expiresInIsNumber),
        number("batch-max", "items a call, 0 for no limit", rules, &Rules::batchMax),
        choice<BatchAnswer>(
            "batch-answer", "to a larger call: each|nobody|413", &Rules::batchAnswer,
            {{"each", BatchAnswer::Each}, {"nobody", BatchAnswer::Nobody}, {"413", BatchAnswer::TooLarge}}),
        number("photo-max-bytes", "decoded size of a photo", rules, &Rules::photoMaxBytes),
        number("token-seconds", "life of a token", rules, &Rules::tokenSeconds),
        {"max-length", "FIELD=GBK bytes", readMaxLength},
    };
}

std::vector<Switch> faultSwitches() {
    const auto faults = &Switches::faults;
    std::vector<Switch> list{
        number("fault-seed", "of the probabilities", faults, &Faults::seed),
        {"at", "exact calls, K:fault,K:fault; empty clears", readAt},
        number("latency-ms", "how long the fault latency lasts", faults, &Faults::latencyMs),
        number("token-expiry-every", "calls after which every token expires, 0 for never", faults,
               &Faults::tokenExpiryEvery),
        number("huge-reply", "bytes of the fault huge", faults, &Faults::hugeBytes),
        number("kill-pid", "process to kill", faults, &Faults::killPid),
        {"kill-pid-file", "file with the process to kill",
         [](Switches& s, const std::string& text) {
             s.faults.killPidFile = text;
             return true;
         }},
        number("kill-at", "the K-th writing call, 0 for never", faults, &Faults::killAt),
        {"kill-when", "before|acting|after", readKillWhen},
    };
    for (std::size_t i = 0; i < kFaultCount; ++i) {
        const auto fault = static_cast<Fault>(i);
        list.push_back(
            {std::string(nameOf(fault)), "probability of this fault", [fault](Switches& s, const std::string& text) {
                 double chance = 0;
                 if (!read(text, chance) || chance > 1) return false;
                 s.faults.set(fault, chance);
                 return true;
             }});
    }
    return list;
}

}  // namespace

const std::vector<Switch>& allSwitches() {
    static const std::vector<Switch> list = [] {
        std::vector<Switch> all = ruleSwitches();
        for (Switch& fault : faultSwitches()) all.push_back(std::move(fault));
        return all;
    }();
    return list;
}

std::optional<std::string> setSwitch(Switches& switches, std::string_view name, const std::string& value) {
    for (const Switch& candidate : allSwitches()) {
        if (candidate.name != name) continue;
        if (candidate.apply(switches, value)) return std::nullopt;
        return "bad value for " + candidate.name + ": " + candidate.help;
    }
    return "unknown switch " + std::string(name);
}

std::optional<std::string> setSwitches(Switches& switches, std::string_view json) {
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject()) return "not a JSON object";
    for (const auto& member : document.GetObject()) {
        std::string value;
        if (member.value.IsString()) {
            value.assign(member.value.GetString(), member.value.GetStringLength());
        } else {
            rapidjson::StringBuffer buffer;
            rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
            member.value.Accept(writer);
            value.assign(buffer.GetString(), buffer.GetSize());
        }
        if (auto problem = setSwitch(switches, member.name.GetString(), value)) return problem;
    }
    return std::nullopt;
}

}  // namespace lianzheng::sim::national
