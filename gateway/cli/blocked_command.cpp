#include <fmt/format.h>

#include <map>

#include "gateway/cli/authorities.h"
#include "gateway/cli/commands.h"
#include "gateway/planner/ledger_key.h"
#include "gateway/service/request_desk.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

Output listBlocked(const CommandContext& context, Output output) {
    std::string city = context.options.city;
    if (!city.empty()) {
        const auto named = authorityOf(context, "--city", city, output);
        if (!named) return output;
        city = *named;
    }
    const auto rows = context.parts.store().blocked(city, context.options.all);
    if (!rows) {
        output.fail(rows.error(), context.options.english);
        return output;
    }
    std::map<std::string, std::uint64_t> byCity;
    for (const BlockedRow& row : *rows) byCity[row.authority] += 1;
    city.clear();
    for (const BlockedRow& row : *rows) {
        const Authority& authority = context.parts.districts().find(row.authority);
        if (output.items.empty() || city != row.authority) {
            city = row.authority;
            std::string telephones;
            for (const Telephone& telephone : authority.telephones) {
                telephones += " " + telephone.number + (telephone.matter.empty() ? "" : "（" + telephone.matter + "）");
            }
            output.line(fmt::format("{}：{} 本{}", authority.name, byCity[city], telephones));
        }
        output.items.push_back({{"number", row.number},
                                {"source_key", row.sourceKey},
                                {"authority", row.authority},
                                {"reason", row.advice.reason},
                                {"field", row.advice.field},
                                {"why", row.advice.why},
                                {"help", row.advice.help},
                                {"owner", std::string(word(row.advice.owner))},
                                {"message", row.message},
                                {"since", isoUtc(row.since)}});
        output.line(fmt::format("  {}  {}{}（{}）{}", row.number, row.advice.why, row.advice.help,
                                chineseName(row.advice.owner), row.message));
    }
    output.counts["blocked"] = rows->size();
    if (!rows->empty()) output.exitCode = ExitCode::NeedsPerson;
    return output;
}

Output dismissBlocked(const CommandContext& context, Output output) {
    Store& store = context.parts.store();
    const bool english = context.options.english;
    std::vector<std::string> numbers;
    for (const std::string& text : context.options.numbers) {
        numbers.push_back(ledgerNumber(context, text).value_or(keyShownAs(trimmed(text))));
        const auto row = store.blockedOf(numbers.back());
        if (!row) {
            output.fail(row.error(), english);
            return output;
        }
        if (*row) continue;
        output.problems.push_back(text + (english ? ": is not blocked" : "：没有受阻记录"));
        output.exitCode = ExitCode::Usage;
    }
    if (output.exitCode != ExitCode::InStep) return output;
    const auto pusher = store.tryBecomePusher();
    if (!pusher) {
        output.fail(pusher.error(), english);
        return output;
    }
    Status done = ok();
    if (*pusher) {
        done = dismissAll(store, context.parts.clock(), numbers, context.options.reason);
    } else {
        const auto answer = askPusher(store, context.parts.clock(), "dismiss", resyncPayload(numbers, false),
                                      context.options.reason, context.stop);
        if (!answer) done = tl::unexpected(answer.error());
    }
    if (!done) output.fail(done.error(), english);
    output.counts["dismissed"] = done ? numbers.size() : 0;
    return output;
}

}  // namespace

Output blockedCommand(const CommandContext& context) {
    Output output;
    output.command = "blocked " + context.options.subcommand;
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), context.options.english);
        return output;
    }
    return context.options.subcommand == "list" ? listBlocked(context, std::move(output))
                                                : dismissBlocked(context, std::move(output));
}

}  // namespace lianzheng
