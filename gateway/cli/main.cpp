#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <thread>

#include <pthread.h>

#include "gateway/cli/commands.h"

namespace {

using namespace lianzheng;

using Command = Output (*)(const CommandContext&);

const std::map<std::string, Command>& commands() {
    static const std::map<std::string, Command> kTable{
        {"serve", serveCommand},     {"sync", syncCommand},           {"resync", resyncCommand},
        {"adopt", adoptCommand},     {"reconcile", reconcileCommand}, {"report", reportCommand},
        {"blocked", blockedCommand}, {"finding", findingCommand},     {"explain", explainCommand},
        {"status", statusCommand},   {"check", checkCommand},         {"pause", pauseCommand},
        {"resume", resumeCommand},   {"evidence", evidenceCommand},   {"verify", verifyCommand},
        {"lookup", lookupCommand},   {"brief", briefCommand}};
    return kTable;
}

/// The signals that ask for a stop, blocked before any thread exists: only the watcher takes them.
sigset_t stopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGTERM, SIGINT, SIGQUIT}) sigaddset(&signals, signal);
    sigset_t blocked = signals;
    sigaddset(&blocked, SIGPIPE);
    sigaddset(&blocked, SIGRTMIN);
    pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
    // A file that may not grow is then a write that fails, with its message and exit code.
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
    return signals;
}

/// Turns a signal into a stop request. Ends with its own stop, which the destructor asks for and a signal of its own
/// brings.
std::jthread watch(sigset_t signals, std::stop_source& stop) {
    sigaddset(&signals, SIGRTMIN);
    return std::jthread([signals, &stop](const std::stop_token& over) {
        const std::stop_callback wake(over, [self = pthread_self()] { pthread_kill(self, SIGRTMIN); });
        while (!over.stop_requested()) {
            int signal = 0;
            if (sigwait(&signals, &signal) == 0 && signal != SIGRTMIN) stop.request_stop();
        }
    });
}

/// Where the mapping asks for columns that the source has no more: all of them, with file and line.
void nameMissingColumns(Composition& parts, Output& output) {
    if (!output.error || !output.error->code.starts_with("column_gone")) return;
    const auto health = parts.source().health();
    if (!health) return;
    for (const FileProblem& problem : parts.map().missingColumns(health->columns)) {
        output.problems.push_back(str(problem));
    }
}

int run(const Options& options, const sigset_t& signals) {
    Output output;
    output.command = options.command + (options.subcommand.empty() ? "" : " " + options.subcommand);
    auto parts = Composition::load(options.configuration, options.defines);
    if (!parts) {
        output.fail(parts.error());
    } else {
        std::stop_source stop;
        const std::jthread watcher = watch(signals, stop);
        output = commands().at(options.command)({options, **parts, stop.get_token()});
        nameMissingColumns(**parts, output);
    }
    print(output, options.json);
    return static_cast<int>(output.exitCode);
}

}  // namespace

// What is thrown before the configuration is read, or while its failure is said, ends the program as it should.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) {
    const sigset_t signals = stopSignals();
    const Parsed parsed = parseOptions(argc, argv);
    if (parsed.exitCode) return *parsed.exitCode;
    try {
        return run(parsed.options, signals);
    } catch (const std::exception&) {
        // Its text may quote data: the kind of failure alone is said.
        fmt::print(stderr, "internal failure; run again with log.level = debug and see docs/runbook.md\n");
        return static_cast<int>(ExitCode::Internal);
    }
}
