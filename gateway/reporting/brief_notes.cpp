#include <fmt/format.h>

#include "gateway/reporting/brief.h"

namespace lianzheng {

std::vector<std::string> notesOf(const Brief& brief, Language language) {
    const bool chinese = language == Language::Chinese;
    const BriefFigures& told = brief.figures;
    const auto say = [&](const char* one, const char* other) { return fmt::runtime(chinese ? one : other); };
    std::vector<std::string> notes;
    notes.push_back(
        fmt::format(say("存量（归集率、问题、逾期与超期、到期）为 {} 的数，过去某日的存量没有留存，不能倒推。",
                        "Stocks (collected, problems, overdue, expiries) are those of {}; those of a day in "
                        "the past are not stored."),
                    shanghaiText(brief.scope.at)));
    notes.push_back(
        brief.scope.licences
            ? fmt::format(
                  say("归集率只计部平台已登记的证书；省系统有而部平台没有的见问题清单。",
                      "Collected counts what the platform has registered; what it lacks is among the problems."))
            : fmt::format(say("省系统不提供电子证照，归集由别处办理，归集率不知；待归集不计逾期。",
                              "The province tells of no licences: they are collected elsewhere, no rate is known, and "
                              "none is overdue.")));
    notes.push_back(fmt::format(
        say("及时率的决定日：新发、延续、转入为证书所载发证日期，其余业务为网关获知之时；受阻或未发送的以受阻、"
            "排队之时计。办结：{}。",
            "The day of decision is that printed on a certificate issued, renewed or transferred in; of "
            "anything else, when the gateway learned of it; of what is blocked or queued, since when it is. "
            "Closed: {}."),
        brief.scope.licences ? (chinese ? "赋码类以电子证照归集为准，其余以部平台受理为准"
                                        : "a code by its licence's collection, the rest by acceptance")
                             : (chinese ? "以部平台受理为准" : "by acceptance")));
    notes.push_back(fmt::format(
        say("办理逾期：受阻、排队、待确认{}的证书，自该日起已超过 {} "
            "个工作日。差异超期：对账发现、仍未关闭也未被接受的差异，"
            "已过其自身期限（发现之日起 {} 个工作日，以发现时的设定为准），与 finding list --overdue "
            "一致；受阻的证书也是一项差异，"
            "可在两处同列。",
            "Overdue operations: certificates blocked, queued or unconfirmed{} for more than {} workdays. Overdue "
            "findings: "
            "what reconciliations found, open and not accepted, past its own deadline ({} workdays after the day it "
            "was "
            "found, as set then), as finding list --overdue. What is blocked is a finding too and may be in both."),
        !brief.scope.licences ? ""
        : chinese             ? "、已赋码而待归集"
                              : ", or with a licence awaited,",
        brief.scope.workdays, brief.scope.findingWorkdays));
    if (brief.running > 0) {
        notes.push_back(fmt::format(say("本期决定、尚未到期的在办件 {} 件，不计入及时率。",
                                        "{} decided in the period are open and still in time: in no rate."),
                                    brief.running));
    }
    if (told.undated > 0) {
        notes.push_back(fmt::format(say("本期受理的 {} 件没有留存决定时间（由旧版本办理），不计入及时率。",
                                        "{} accepted in the period have no decision's time stored (by an older "
                                        "version): in no rate."),
                                    told.undated));
    }
    if (told.reconciliation) {
        notes.push_back(
            fmt::format(say("一致率取自对账 {}（{}，{}）；办理中、等待中和视图之后受理的 {} 本既不算一致也不算差异。",
                            "Equal is of reconciliation {} ({}, {}); {} under way, waiting or accepted since the view "
                            "are neither."),
                        told.reconciliation->id, shanghaiText(told.reconciliation->startedAt),
                        scopeName(againstOf(told.reconciliation->counts), language), brief.tally.excused()));
    } else {
        notes.push_back(fmt::format(
            say("本期结束前没有完成的对账，一致率不知。", "No reconciliation had ended by then: Equal is not known.")));
    }
    if (!brief.scope.hasCalendar) {
        notes.push_back(fmt::format(say("未配置节假日（calendar.file），工作日按周一至周五计。",
                                        "No holidays are known (calendar.file): workdays are Monday to Friday.")));
    }
    if (brief.scope.first.beginsInShanghai() + brief.scope.kept < brief.scope.at) {
        notes.push_back(fmt::format(say("办理记录只保留 {} 天（store.attempts.keep.days），本期更早的业务量不全。",
                                        "Attempts are kept for {} days (store.attempts.keep.days): earlier operations "
                                        "of this period are missing."),
                                    brief.scope.kept.count()));
    }
    if (told.transferredOut > 0) {
        notes.push_back(
            fmt::format(say("另有 {} 本处于办理转出；外省是否已转入不在台账内，由 lianzheng explain 或对账查询。",
                            "{} more are transferred out; whether another province took them in is not in "
                            "the ledger: lianzheng explain and the reconciliation ask."),
                        told.transferredOut));
    }
    if (told.endless > 0) {
        notes.push_back(fmt::format(
            say("{} 本没有留存有效期，不在到期预警内。", "{} have no end stored and are in no expiry."), told.endless));
    }
    return notes;
}

}  // namespace lianzheng
