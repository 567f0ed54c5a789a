#include <fmt/format.h>

#include "gateway/cli/commands.h"
#include "gateway/cli/progress.h"
#include "gateway/service/pass_summary.h"
#include "gateway/service/request_desk.h"
#include "gateway/sync/pass.h"

namespace lianzheng {

std::optional<bool> becomePusher(const CommandContext& context, Output& output) {
    if (const Status opened = context.parts.openStore(); !opened) {
        output.fail(opened.error(), context.options.english);
        return std::nullopt;
    }
    const auto pusher = context.parts.store().tryBecomePusher();
    if (!pusher) {
        output.fail(pusher.error(), context.options.english);
        return std::nullopt;
    }
    return *pusher;
}

namespace {

ExitCode exitCodeOf(PassResult::End end) {
    switch (end) {
        case PassResult::End::Done:
            break;
        case PassResult::End::Fuse:
        case PassResult::End::NeedsFirstRun:
        case PassResult::End::Paused:
            return ExitCode::NeedsPerson;
        case PassResult::End::Stopped:
            return ExitCode::Stopped;
        case PassResult::End::Denied:
            return ExitCode::Denied;
        case PassResult::End::Away:
            return ExitCode::Away;
    }
    return ExitCode::InStep;
}

void addTally(const PassResult& result, bool english, Output& output) {
    output.result = endWord(result.end);
    output.counts = countsOf(result);
    for (const auto& [step, count] : result.tally.byStep) {
        output.items.push_back({{"step", step}, {"count", std::to_string(count)}});
    }
    if (result.trip) output.problems.push_back(result.trip->why);
    for (std::string& text : summaryOf(result, english)) output.line(std::move(text));
}

/// A pass that ended well needs a person still when certificates do.
void countBlocked(Store& store, bool english, Output& output) {
    if (output.exitCode != ExitCode::InStep) return;
    const auto blocked = store.blocked("", false);
    if (!blocked || blocked->empty()) return;
    output.counts["blocked_open"] = blocked->size();
    output.line(fmt::format(fmt::runtime(english ? "{} certificates need a person (lianzheng blocked list)"
                                                 : "待人工处理 {} 本（lianzheng blocked list）"),
                            blocked->size()));
    output.exitCode = ExitCode::NeedsPerson;
}

}  // namespace

Output syncCommand(const CommandContext& context) {
    Output output;
    output.command = "sync";
    const auto pusher = becomePusher(context, output);
    if (!pusher) return output;
    Store& store = context.parts.store();
    if (!*pusher) {
        const auto done =
            askPusher(store, context.parts.clock(), "sync", syncPayload(context.options.pass), "sync", context.stop);
        if (!done) {
            output.fail(done.error(), context.options.english);
            return output;
        }
        output.result = done->end;
        output.counts = done->counts;
        output.exitCode = exitCodeOf(endOf(done->end));
        output.line((context.options.english ? "carried out by the process that pushes: "
                                             : "另一进程正在推送，已交由其办理：") +
                    done->end);
        for (const auto& [name, count] : done->counts) output.line(fmt::format("  {:<12} {}", name, count));
        countBlocked(store, context.options.english, output);
        return output;
    }
    if (const Status opened = context.parts.openPlatform(); !opened) {
        output.fail(opened.error(), context.options.english);
        return output;
    }
    Pass pass(context.parts.parts());
    Progress progress(context.parts.clock());
    pass.progress = [&](const PassProgress& at) { progress.show(at); };
    const auto result = recordedPass(context.parts, pass, context.options.pass, context.stop);
    progress.finish();
    if (!result) {
        output.fail(result.error(), context.options.english);
        return output;
    }
    addTally(*result, context.options.english, output);
    output.exitCode = exitCodeOf(result->end);
    countBlocked(store, context.options.english, output);
    return output;
}

}  // namespace lianzheng
