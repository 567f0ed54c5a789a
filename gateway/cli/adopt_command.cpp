#include <fmt/format.h>

#include "gateway/cli/commands.h"
#include "gateway/sync/adopt.h"

namespace lianzheng {
namespace {

/// Where it would be read from does not exist: what the configuration or mapping lacks; empty when it is there.
std::string lacking(const CommandContext& context) {
    if (context.options.from == "province") {
        return context.parts.map().adopts()
                   ? ""
                   : "adopt --from province needs an adopt section in the mapping, which names "
                     "the columns of earlier pushes";
    }
    return context.parts.settings().hasExchange
               ? ""
               : "adopt --from exchange needs exchange.url or exchange.file in the configuration";
}

Result<AdoptResult> adopt(const CommandContext& context) {
    if (context.options.from == "province") {
        const auto source = context.parts.adoptionSource();
        return adoptFromProvince(*source, context.parts.map(), context.parts.store(), context.stop);
    }
    const auto view = context.parts.exchange();
    return adoptFromExchange(*view, context.parts.store(), context.stop);
}

}  // namespace

Output adoptCommand(const CommandContext& context) {
    Output output;
    output.command = "adopt";
    if (std::string problem = lacking(context); !problem.empty()) {
        output.result = "configuration";
        output.problems.push_back(std::move(problem));
        output.exitCode = ExitCode::Configuration;
        return output;
    }
    const auto pusher = becomePusher(context, output);
    if (!pusher) return output;
    if (!*pusher) {
        output.result = "busy";
        output.problems.emplace_back("another process is this store's pusher: stop it first");
        output.exitCode = ExitCode::Store;
        return output;
    }
    const auto result = adopt(context);
    if (!result) {
        output.fail(result.error(), context.options.english);
        return output;
    }
    output.counts = {{"rows", result->rows},
                     {"adopted", result->adopted},
                     {"restored", result->restored},
                     {"known", result->known},
                     {"unreadable", result->unreadable}};
    std::string line = fmt::format("接管 {}，恢复编码 {}，已知 {}，编号或状态无法识别 {}", result->adopted,
                                   result->restored, result->known, result->unreadable);
    if (context.options.from == "province") {
        output.counts["unpushed"] = result->unpushed;
        output.counts["unknown"] = result->unknown;
        line += fmt::format("，未曾推送 {}；接管中推送后又有变动或时间不明、各项内容未知的 {}", result->unpushed,
                            result->unknown);
    }
    output.line(
        fmt::format("{} {} 行：{}", context.options.from == "province" ? "省库" : "前置库", result->rows, line));
    return output;
}

}  // namespace lianzheng
