#include <fmt/format.h>

#include <fstream>

#include "gateway/cli/commands.h"
#include "gateway/service/pass_summary.h"
#include "gateway/service/request_desk.h"
#include "gateway/sync/pass.h"
#include "gateway/sync/resync.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

/// Every number, normalised; what cannot be read is a problem with its line.
std::vector<std::string> numbersOf(const CommandContext& context, Output& output) {
    const Options& options = context.options;
    std::vector<std::string> texts = options.numbers;
    const bool fromFile = !options.numbersFile.empty();
    if (fromFile) {
        std::ifstream in(options.numbersFile);
        if (!in) output.problems.push_back(options.numbersFile + ": cannot be read");
        for (std::string line; std::getline(in, line);) texts.push_back(line);
    }
    std::vector<std::string> numbers;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (trimmed(texts[i]).empty()) continue;
        if (auto number = ledgerNumber(context, texts[i])) {
            numbers.push_back(std::move(*number));
        } else {
            const std::string where = fmt::format("{}:{}", fromFile ? options.numbersFile : "argument", i + 1);
            output.problems.push_back(noNumber(context, where));
        }
    }
    if (!output.problems.empty()) output.exitCode = ExitCode::Usage;
    return numbers;
}

/// By the process that pushes; false: `output` says why not.
bool resyncThere(const CommandContext& context, const std::vector<std::string>& numbers, Output& output) {
    const bool english = context.options.english;
    Store& store = context.parts.store();
    for (const std::string& number : numbers) {
        const auto before = store.find(number);
        const bool known = before && *before;
        output.items.push_back(
            {{"number", number}, {"before", stateName(known ? (*before)->state : CertState::None, english)}});
    }
    const auto done = askPusher(store, context.parts.clock(), "resync", resyncPayload(numbers, context.options.force),
                                context.options.reason, context.stop);
    if (!done) {
        output.fail(done.error(), english);
        return false;
    }
    output.line(english ? "carried out by the process that pushes" : "另一进程正在推送，已交由其办理");
    return true;
}

/// By ourselves; false: `output` says why not.
bool resyncHere(const CommandContext& context, const std::vector<std::string>& numbers, Output& output) {
    const bool english = context.options.english;
    if (const Status opened = context.parts.openPlatform(); !opened) {
        output.fail(opened.error(), english);
        return false;
    }
    const auto items = resyncAll(context.parts, numbers, context.options.reason, context.options.force, context.stop);
    if (!items) {
        output.fail(items.error(), english);
        return false;
    }
    for (const ResyncItem& item : *items) output.items.push_back(itemOf(item, english));
    return true;
}

/// What the ledger says of certificate `number` now, beside what its item, the one at `at`, said before.
void tellAfter(const CommandContext& context, const std::string& number, std::size_t at, Output& output) {
    Store& store = context.parts.store();
    const auto after = store.find(number);
    const auto blocked = store.blockedOf(number);
    if (!after || !blocked) return;
    OutputItem item = at < output.items.size() ? output.items[at] : OutputItem{{"number", number}};
    item.emplace_back("after", stateName(*after ? (*after)->state : CertState::None, context.options.english));
    if (*blocked) {
        item.emplace_back("blocked", (*blocked)->advice.why + (*blocked)->advice.help);
        output.exitCode = ExitCode::NeedsPerson;
    }
    std::string text;
    for (const auto& [name, value] : item) text.append(text.empty() ? "" : "  ").append(name).append("=").append(value);
    output.line(std::move(text));
    if (at < output.items.size()) {
        output.items[at] = std::move(item);
    } else {
        output.items.push_back(std::move(item));
    }
}

}  // namespace

Output resyncCommand(const CommandContext& context) {
    Output output;
    output.command = "resync";
    const bool english = context.options.english;
    const std::vector<std::string> numbers = numbersOf(context, output);
    if (output.exitCode != ExitCode::InStep) return output;
    const auto pusher = becomePusher(context, output);
    if (!pusher) return output;
    Store& store = context.parts.store();
    const AuditRow audit{context.parts.clock().now(), "cli", "resync",
                         fmt::format("{} certificates: {}", numbers.size(), context.options.reason)};
    const std::vector<Change> note{AddAudit{audit}};
    if (const Status noted = store.commit(note); !noted) {
        output.fail(noted.error(), context.options.english);
        return output;
    }
    const bool done = *pusher ? resyncHere(context, numbers, output) : resyncThere(context, numbers, output);
    if (!done) return output;
    for (std::size_t i = 0; i < numbers.size(); ++i) tellAfter(context, numbers[i], i, output);
    output.counts["certificates"] = numbers.size();
    const auto paused = store.wordOf("paused");
    if (paused && !paused->empty()) {
        output.result = "paused";
        output.line(english ? "pushing is paused: the steps are queued; lianzheng resume goes on"
                            : "推送已暂停，所需步骤已排队；lianzheng resume 恢复");
        output.exitCode = ExitCode::NeedsPerson;
    }
    return output;
}

}  // namespace lianzheng
