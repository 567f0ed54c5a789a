#include <fmt/format.h>

#include <iostream>

#include "adapters/national/transfer_ins.h"
#include "gateway/cli/commands.h"
#include "gateway/planner/ledger_key.h"
#include "gateway/reporting/finding_text.h"
#include "gateway/service/pass_summary.h"
#include "gateway/sync/holding_gate.h"
#include "gateway/sync/intake.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

std::string shown(Field field, const std::string& value) { return shownValue(nationalName(field), value); }

std::string underWay(const OutboxRow& intent) {
    const std::string when = shanghaiText(intent.dueAt);
    switch (intent.state) {
        case OutboxState::Queued:
            return fmt::format("{}，尚未发送，待发时间 {}", stepName(intent.step), when);
        case OutboxState::Sending:
            return fmt::format("{}，正在发送", stepName(intent.step));
        case OutboxState::Unconfirmed:
            break;
    }
    return fmt::format("{}，已发送 {} 次、结果未知，{} 以同一业务流水号再次核实", stepName(intent.step), intent.sends,
                       when);
}

std::string listed(const std::vector<std::string>& numbers) {
    std::string text;
    for (const std::string& number : numbers) text.append(text.empty() ? "" : "、").append(number);
    return text;
}

/// What the holding rules say of the next step, before it is ever sent.
Status explainRules(Store& store, const std::string& number, const Step& step, OutputItem& item, Output& output) {
    const auto judged = HoldingGate(store).judge(number, step);
    if (!judged) return tl::unexpected(judged.error());
    const Admission& admission = judged->admission;
    switch (admission.kind) {
        case Admission::Kind::Send:
            return ok();
        case Admission::Kind::Wait:
            output.line("  持证规则：等待 " + listed(admission.on) + " 先办理");
            item.emplace_back("waits_for", listed(admission.on));
            return ok();
        case Admission::Kind::Together:
            output.line("  持证规则：与 " + listed(admission.on) + " 一并变更单位");
            item.emplace_back("together_with", listed(admission.on));
            return ok();
        case Admission::Kind::Refused:
            break;
    }
    const Advice advice = adviceFor(*admission.breach, judged->candidate);
    output.line(fmt::format("  持证规则：{}{}（{}）", advice.why, advice.help, chineseName(advice.owner)));
    item.emplace_back("rule", advice.reason);
    item.emplace_back("rule_why", advice.why);
    item.emplace_back("rule_help", advice.help);
    item.emplace_back("rule_owner", word(advice.owner));
    output.exitCode = ExitCode::NeedsPerson;
    return ok();
}

/// A certificate that is transferred out: who took it in, as the platform tells now.
void explainSuccessor(const CommandContext& context, const std::string& number, Output& output, OutputItem& item) {
    Status asked = context.parts.openPlatform();
    bool found = false;
    const auto tell = [&](const Holdings::Item& taken) {
        if (taken.oldCertNum != number) return true;
        found = true;
        const std::string& successor = taken.record[Field::CertNum];
        const auto state = certStateOf(taken.record[Field::CertState]).value_or(CertState::None);
        item.emplace_back("successor", successor);
        item.emplace_back("successor_state", code(state));
        output.line(fmt::format("  外省已转入：新编号 {}，省份 {}，状态 {}，单位 {}", successor,
                                taken.record[Field::ProvinceNum], chineseName(state),
                                shown(Field::CompanyName, taken.record[Field::CompanyName])));
        return false;
    };
    if (asked) {
        asked =
            eachTransferIn(context.parts.platform(), context.parts.settings().provinceNum, number, tell, context.stop);
    }
    if (!asked) {
        output.line("  转入查询未成：" + explain(asked.error(), context.options.english));
    } else if (!found) {
        output.line("  尚无省份转入此证");
    }
}

/// What was mapped, beside what the platform has where that differs, and what is wrong with it.
void explainFields(const CommandContext& context, const Desired& row, const Acknowledged& acknowledged,
                   OutputItem& item, Output& output) {
    for (const Field field : kFields) {
        if (!carries(context.parts.settings().type, field)) continue;
        const std::string& value = row.record[field];
        const bool known = acknowledged.knows(field);
        const bool differs = known && acknowledged.record[field] != value;
        item.emplace_back(nationalName(field), shown(field, value));
        output.line(fmt::format("  {:<22} {}{}", nationalName(field), shown(field, value),
                                differs ? "   ≠ 部平台 " + shown(field, acknowledged.record[field]) : ""));
    }
    for (const Invalid& problem : row.problems) {
        output.line("  问题：" + adviceFor(problem).why);
        item.emplace_back("problem", fmt::format("{}:{}", word(problem.rule), problem.field));
    }
}

void listBlocked(const BlockedRow& blocked, OutputItem& item) {
    item.emplace_back("blocked", blocked.advice.reason);
    item.emplace_back("why", blocked.advice.why);
    item.emplace_back("help", blocked.advice.help);
    item.emplace_back("message", blocked.message);
}

void listAttempts(const std::string& number, const std::vector<Attempt>& attempts, Output& output) {
    for (const Attempt& attempt : attempts) {
        output.items.push_back({{"number", number},
                                {"attempted", isoUtc(attempt.startedAt)},
                                {"operation", attempt.operation},
                                {"outcome", attempt.outcome},
                                {"refusal", attempt.refusal},
                                {"message", attempt.message}});
    }
}

/// One provincial row: what was mapped, what is wrong with it, what the plan says.
Status explainRow(const CommandContext& context, const Desired& row, Output& output) {
    const std::string number = ledgerKey(row);
    Store& store = context.parts.store();
    const auto entry = store.find(number);
    if (!entry) return tl::unexpected(entry.error());
    const auto acknowledged = store.acknowledged(number);
    if (!acknowledged) return tl::unexpected(acknowledged.error());
    const auto blocked = store.blockedOf(number);
    if (!blocked) return tl::unexpected(blocked.error());
    const auto intent = store.intentOf(number);
    if (!intent) return tl::unexpected(intent.error());
    const auto attempts = store.attemptsOf(number);
    if (!attempts) return tl::unexpected(attempts.error());

    OutputItem item{{"number", number}, {"source_key", row.facts.sourceKey}, {"authority", row.facts.authority}};
    output.line(fmt::format("证书 {}（省库主键 {}）", number, row.facts.sourceKey));
    explainFields(context, row, *acknowledged, item, output);
    LedgerEntry none;
    none.number = number;
    const LedgerEntry& ledger = *entry ? **entry : none;
    std::optional<StandingRefusal> refusal;
    if (*blocked) {
        auto standing = Intake::standing(store, ledger, **blocked);
        if (!standing) return tl::unexpected(standing.error());
        refusal = std::move(*standing);
    }
    const Plan next = plan(row, ledger, *acknowledged, refusal ? &*refusal : nullptr, context.parts.settings().policy,
                           context.parts.clock().now());
    output.line(fmt::format("  台账：{}，标识 {}，编码 {}", chineseName(ledger.state),
                            ledger.zzeCertId.empty() ? "无" : ledger.zzeCertId, ledger.codeId.empty() ? "无" : "有"));
    if (ledger.state == CertState::TransferredOut) explainSuccessor(context, number, output, item);
    if (*intent) output.line("  在途：" + underWay(**intent));
    if (*blocked)
        output.line("  受阻：" + (*blocked)->advice.why + (*blocked)->advice.help + " " + (*blocked)->message);
    for (const Attempt& attempt : *attempts) {
        output.line(fmt::format("  {} {} {} {} {}", shanghaiText(attempt.startedAt), attempt.operation, attempt.outcome,
                                attempt.refusal, attempt.message));
    }
    output.line("  下一步：" + describe(next, context.options.english));
    if (const auto* step = std::get_if<Step>(&next)) {
        if (Status ruled = explainRules(store, number, *step, item, output); !ruled) return ruled;
    }
    if (*intent) item.emplace_back("in_flight", stepName((*intent)->step));
    if (*blocked) listBlocked(**blocked, item);
    item.emplace_back("ledger_state", code(context.parts.settings().type, ledger.state));
    item.emplace_back("licence_identifier", ledger.zzeCertId);
    item.emplace_back("next", describe(next, context.options.english));
    output.items.push_back(std::move(item));
    listAttempts(number, *attempts, output);
    if (std::holds_alternative<Blocked>(next)) output.exitCode = ExitCode::NeedsPerson;
    return ok();
}

}  // namespace

Output explainCommand(const CommandContext& context) {
    Output output;
    output.command = "explain";
    std::string number;
    std::string identity;
    if (context.options.holder) {
        std::getline(std::cin, identity);
        identity = std::string(trimmed(identity));
    } else {
        const auto parsed = ledgerNumber(context, context.options.numbers.front());
        if (!parsed) {
            output.problems.push_back(noNumber(context, "argument"));
            output.exitCode = ExitCode::Usage;
            return output;
        }
        number = *parsed;
    }
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), context.options.english);
        return output;
    }
    std::vector<Desired> rows;
    const RowSink keep = [&](std::span<const Cell> cells) {
        rows.emplace_back();
        context.parts.map().map(cells, rows.back());
        return true;
    };
    const Status read = context.options.holder ? context.parts.source().byPerson(identity, keep)
                                               : context.parts.source().byNumber(number, keep);
    if (!read) {
        output.fail(read.error(), context.options.english);
        return output;
    }
    for (const Desired& row : rows) {
        if (const Status done = explainRow(context, row, output); !done) {
            output.fail(done.error(), context.options.english);
            return output;
        }
    }
    output.counts["rows"] = rows.size();
    if (rows.empty()) {
        output.result = "not_found";
        output.line("省库中没有此证书");
        output.exitCode = ExitCode::NeedsPerson;
    }
    return output;
}

}  // namespace lianzheng
