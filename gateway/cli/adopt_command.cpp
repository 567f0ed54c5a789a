#include <fmt/format.h>

#include "gateway/cli/commands.h"
#include "gateway/sync/adopt.h"

namespace lianzheng {

Output adoptCommand(CommandContext context) {
    Output output;
    output.command = "adopt";
    const auto view = context.parts.exchange();
    if (!view) {
        output.result = "configuration";
        output.problems.emplace_back("adopt --from exchange needs exchange.url or exchange.file in the configuration");
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
    const auto result = adoptFromExchange(*view, context.parts.store(), context.stop);
    if (!result) {
        output.fail(result.error(), context.options.english);
        return output;
    }
    output.counts = {{"rows", result->rows},
                     {"adopted", result->adopted},
                     {"restored", result->restored},
                     {"known", result->known},
                     {"unreadable", result->unreadable}};
    output.line(fmt::format("前置库 {} 行：接管 {}，恢复编码 {}，已知 {}，编号无法识别 {}", result->rows,
                            result->adopted, result->restored, result->known, result->unreadable));
    return output;
}

}  // namespace lianzheng
