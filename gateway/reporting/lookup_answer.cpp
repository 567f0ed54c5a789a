#include "gateway/reporting/lookup_answer.h"

#include <fmt/format.h>

#include "gateway/reporting/finding_text.h"

namespace lianzheng {
namespace {

/// One answer in both languages.
struct Words {
    std::string_view word;
    Label status;
    Label reason;
    Label help;
    bool attention = false;

    [[nodiscard]] LookupAnswer in(Language language) const {
        return {word, std::string(status.in(language)), std::string(reason.in(language)),
                std::string(help.in(language)), attention};
    }
};

constexpr Label kNothingToDo{"无需办理", "nothing to do"};

constexpr Words kUnknown{"not_found",
                         {"查无", "not found"},
                         {"台账中没有此证书", "the ledger has no such certificate"},
                         {"请核对编号；省系统已发证的，由省中心执行 lianzheng resync",
                          "check the number; if the province has issued it, the centre runs lianzheng resync"},
                         true};
constexpr Words kNotRegistered{"not_registered",
                               {"未登记", "not registered"},
                               {"省系统有此证，部平台尚未登记", "the province has it, the platform does not yet"},
                               {"等待下一次同步；仍未登记的，由省中心执行 lianzheng explain 查看",
                                "wait for the next pass; if it stays so the centre asks lianzheng explain"}};
constexpr Words kQueued{
    "under_way", {"办理中", "under way"}, {"已排队，尚未发送部平台", "queued, not sent yet"}, kNothingToDo};
constexpr Words kSent{"under_way",
                      {"办理中", "under way"},
                      {"已发送部平台，结果待确认，由网关自动核实", "sent; its outcome is being settled"},
                      kNothingToDo};
constexpr Words kInOrder{"in_order",
                         {"正常", "in order"},
                         {"部平台登记为有效，电子证照已归集", "registered as valid, its licence collected"},
                         kNothingToDo};
constexpr Words kRegistered{
    "in_order", {"正常", "in order"}, {"部平台登记为有效", "registered as valid"}, kNothingToDo};
constexpr Words kLicence{"waiting_licence",
                         {"待归集", "waits for its licence"},
                         {"部平台已赋码，等待电子证照文件", "the code is assigned, the licence file is awaited"},
                         {"无需办理，文件生成后自动归集", "nothing to do: it is collected once the file is made"}};
constexpr Words kNoCode{"code_missing",
                        {"编码缺失", "code missing"},
                        {"部平台已受理，二维码编码未取得", "accepted, but its code was lost with the reply"},
                        {"由省中心从部平台数据恢复（lianzheng adopt）", "the centre restores it (lianzheng adopt)"},
                        true};
constexpr Words kPast{"past_end",
                      {"已过有效期", "past its end"},
                      {"有效期已满，部平台尚未注销", "its end has passed, the platform still has it as valid"},
                      {"已办理延续的请核对省系统；未延续的由网关自动注销",
                       "if it was renewed check the province; else the gateway ends it"},
                      true};

std::string_view helpOf(CertState state, Language language) {
    constexpr Label kSuspended{"暂扣发还后自动恢复；有异议的向发证机关查询",
                               "it is restored when the suspension ends; ask the issuing authority"};
    constexpr Label kOut{"由省中心执行 lianzheng explain 查看外省是否已转入",
                         "the centre asks lianzheng explain whether another province took it in"};
    constexpr Label kEnded{"以省系统为准；有异议的向发证机关查询",
                           "the province's word counts; ask the issuing authority"};
    if (state == CertState::Suspended) return kSuspended.in(language);
    return (state == CertState::TransferredOut ? kOut : kEnded).in(language);
}

LookupAnswer ofState(CertState state, Language language) {
    const bool chinese = language == Language::Chinese;
    return {state == CertState::Suspended ? "suspended" : "ended", std::string(nameOf(state, language)),
            fmt::format(fmt::runtime(chinese ? "部平台登记为{}" : "registered as {}"), nameOf(state, language)),
            std::string(helpOf(state, language))};
}

LookupAnswer ofBlocked(const BlockedRow& row, Language language) {
    constexpr Label kBlocked{"受阻", "blocked"};
    return {"blocked", std::string(kBlocked.in(language)), row.advice.why + row.message,
            fmt::format("{}（{}）", row.advice.help, nameOf(row.advice.owner, language)), true};
}

LookupAnswer ofFindings(const std::vector<Finding>& findings, Language language) {
    constexpr Label kDiffers{"有差异", "differs"};
    const Finding first = shownFinding(findings.front());
    LookupAnswer answer{"different", std::string(kDiffers.in(language)), first.cause,
                        fmt::format("{}（{}）", first.help, nameOf(first.owner, language)), true};
    if (findings.size() > 1) {
        answer.reason += fmt::format(fmt::runtime(language == Language::Chinese ? "（共 {} 项差异）" : " ({} in all)"),
                                     findings.size());
    }
    return answer;
}

}  // namespace

LookupAnswer answerFor(const KnownCertificate& known, const Date& today, bool licences, Language language) {
    if (known.blocked) return ofBlocked(*known.blocked, language);
    if (known.intent) return (known.intent->state == OutboxState::Queued ? kQueued : kSent).in(language);
    if (!known.findings.empty()) return ofFindings(known.findings, language);
    if (!known.ledger) return kUnknown.in(language);
    const LedgerEntry& ledger = *known.ledger;
    if (ledger.state == CertState::None) return kNotRegistered.in(language);
    if (ledger.state != CertState::Valid) return ofState(ledger.state, language);
    if (!ledger.expiringDate.empty() && ledger.expiringDate < today.str()) return kPast.in(language);
    if (ledger.codeMissing) return kNoCode.in(language);
    if (ledger.stage == Stage::Collected) return kInOrder.in(language);
    if (ledger.stage == Stage::WaitingLicence && licences) return kLicence.in(language);
    return kRegistered.in(language);
}

}  // namespace lianzheng
