#include "gateway/cli/commands.h"
#include "gateway/service/daemon.h"

namespace lianzheng {

Output serveCommand(const CommandContext& context) {
    Output output;
    output.command = "serve";
    const auto pusher = becomePusher(context, output);
    if (!pusher) return output;
    if (!*pusher) {
        output.result = "busy";
        output.problems.emplace_back("another process is this store's pusher; one daemon a store");
        output.exitCode = ExitCode::Store;
        return output;
    }
    if (const Status opened = context.parts.openPlatform(); !opened) {
        output.fail(opened.error(), context.options.english);
        return output;
    }
    const Status done = runDaemon(context.parts, context.stop);
    if (done) return output;
    if (done.error().code == "port_taken") {
        output.result = "port_taken";
        output.problems.emplace_back("http.address: another program listens there; choose another port or stop it");
        output.exitCode = ExitCode::Configuration;
        return output;
    }
    context.parts.log().error("serve.failed", {{"where", done.error().where}, {"code", done.error().code}});
    output.fail(done.error(), context.options.english);
    return output;
}

}  // namespace lianzheng
