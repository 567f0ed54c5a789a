#include <fmt/format.h>
#include <signal.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <utility>

#include "tests/simulator/national/command_line.h"
#include "tests/simulator/national/commands.h"
#include "tests/simulator/national/entry_json.h"
#include "tests/simulator/national/exchange_view.h"
#include "tests/simulator/national/file_text.h"
#include "tests/simulator/national/national_server.h"

namespace lianzheng::sim {

namespace {

using namespace national;

struct Files {
    std::string port;
    std::string seeds;
    std::string secret;
    std::string publicKey;
    std::string privateKeyOut;
    std::string hmacKey;
    std::string hmacKeyEncoding = "raw";
    std::string sm4Key;
    std::string sm2PublicKey;
    std::string tifToken;
    std::string registry;
    std::string state;
    std::vector<std::string> exchange;
};

void addOptions(CLI::App& app, ServerOptions& options, Files& files) {
    app.add_option("--port", options.port, "port on 127.0.0.1, 0 for any free one");
    app.add_option("--port-file", files.port, "file that gets the port");
    app.add_option("--seed-file", files.seeds, "what the platform holds at the start (national-seed.jsonl)");
    app.add_option("--client-id", options.clientId, "empty accepts any");
    app.add_option("--client-secret-file", files.secret, "none accepts any secret");
    app.add_option("--public-key", files.publicKey, "PEM of the province's RSA key; none: a pair is made");
    app.add_option("--private-key-out", files.privateKeyOut, "file that gets the made pair's private key");
    app.add_option("--cert", options.tlsCertificateFile, "PEM, with --tls");
    app.add_option("--key", options.tlsKeyFile, "PEM, with --tls");
    app.add_option_function<std::vector<std::string>>(
           "--require",
           [&](const std::vector<std::string>& names) {
               for (const std::string& name : names) {
                   if (name == "none") continue;
                   const auto envelope = envelopeNamed(name);
                   if (!envelope) throw CLI::ValidationError("--require", "none, or one of section 7's names");
                   options.envelope.require.push_back(*envelope);
               }
           },
           "envelopes, the innermost first: none, tif, tif-sm3, sm4, sm2, hmac-sm3, hmac-sha256")
        ->delimiter(',')
        ->default_str("none");
    app.add_option("--app-id", options.envelope.appId, "application of the envelope; empty accepts any");
    app.add_option("--hmac-key-file", files.hmacKey, "the envelope's key");
    app.add_option("--hmac-key-encoding", files.hmacKeyEncoding, "raw, hex or base64; of the SM4 key too");
    app.add_option("--sm4-key-file", files.sm4Key, "SM4 key of sm4 and sm2");
    app.add_option("--sm2-public-key", files.sm2PublicKey, "PEM of the key that signs under sm2");
    app.add_option("--tif-token-file", files.tifToken, "token that tif signs; none: the access token");
    app.add_option_function<long>(
        "--envelope-window", [&](const long& seconds) { options.envelope.window = std::chrono::seconds{seconds}; },
        "seconds a timestamp may be away");
    app.add_flag("--require-on-token", options.envelopeOnToken, "the login must be signed as well");
    app.add_option("--envelope-refusal", options.envelopeRefusal, "HTTP status of a bad signature");
    app.add_option("--registry", files.registry, "dump of the registry written when stopping");
    app.add_option("--state", files.state, "registry read at the start and written when stopping");
    app.add_option("--exchange", files.exchange, "exchange view written when stopping (.db, .csv, .jsonl, .gz)");
    app.add_option("--exchange-csv", files.exchange, "the same");
    app.add_option("--seed", options.seed, "of tokens and code ids");
    app.add_option("--threads", options.threads, "connections served at a time");
    for (const Switch& one : allSwitches()) {
        app.add_option_function<std::vector<std::string>>(
            "--" + one.name,
            [&options, &one](const std::vector<std::string>& values) {
                for (const std::string& value : values) {
                    if (!one.apply(options.switches, value)) throw CLI::ValidationError("--" + one.name, one.help);
                }
            },
            one.help);
    }
}

void readFiles(ServerOptions& options, const Files& files) {
    if (!files.secret.empty()) {
        options.clientSecret = readFile(files.secret);
        while (options.clientSecret.ends_with('\n') || options.clientSecret.ends_with('\r')) {
            options.clientSecret.pop_back();
        }
    }
    if (!files.publicKey.empty()) options.publicKeyPem = readFile(files.publicKey);
    if (!files.hmacKey.empty()) options.envelope.key = keyBytes(readFile(files.hmacKey), files.hmacKeyEncoding);
    if (!files.sm4Key.empty()) options.envelope.sm4Key = keyBytes(readFile(files.sm4Key), files.hmacKeyEncoding);
    if (!files.sm2PublicKey.empty()) options.envelope.sm2PublicPem = readFile(files.sm2PublicKey);
    if (!files.tifToken.empty()) options.envelope.tifToken = readFile(files.tifToken);
    for (const Envelope envelope : options.envelope.require) {
        const bool hmac = envelope == Envelope::HmacSm3 || envelope == Envelope::HmacSha256;
        const bool sm4 = envelope == Envelope::Sm4 || envelope == Envelope::Sm2;
        if (hmac && options.envelope.key.empty()) throw std::runtime_error("--require needs --hmac-key-file");
        if (sm4 && options.envelope.sm4Key.empty()) throw std::runtime_error("--require needs --sm4-key-file");
        if (envelope == Envelope::Sm2 && options.envelope.sm2PublicPem.empty()) {
            throw std::runtime_error("--require needs --sm2-public-key");
        }
    }
}

/// Blocked before any thread exists, so that the signals reach the one that waits for them.
sigset_t stopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGQUIT}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

int serve(ServerOptions options, const Files& files) {
    const sigset_t signals = stopSignals();
    ::signal(SIGPIPE, SIG_IGN);
    readFiles(options, files);
    NationalServer server{std::move(options)};
    if (!files.privateKeyOut.empty()) writeFile(files.privateKeyOut, server.privateKeyPem());
    const bool resumed = !files.state.empty() && std::filesystem::exists(files.state);
    if (resumed) loadRegistry(server.registry(), readFile(files.state));
    if (!resumed && !files.seeds.empty()) loadSeeds(server.registry(), readFile(files.seeds));
    const std::uint16_t port = server.start();
    fmt::print("listening on 127.0.0.1:{}\n", port);
    std::fflush(stdout);
    if (!files.port.empty()) writeFile(files.port, std::to_string(port) + '\n');
    int received = 0;
    sigwait(&signals, &received);
    server.stop();
    for (const std::string& path : {files.state, files.registry}) {
        if (!path.empty()) writeFile(path, registryLines(server.registry()));
    }
    for (const std::string& path : files.exchange) writeExchangeView(server.registry(), path);
    return 0;
}

}  // namespace

int nationalCommand(const Arguments& arguments) {
    ServerOptions options;
    Files files;
    bool tls = false;
    CLI::App app{"serves the national platform's interface", "lianzheng-sim national"};
    addOptions(app, options, files);
    app.add_flag("--tls", tls, "serve HTTPS with --cert and --key");
    return runCommand(app, arguments, [&] {
        if (tls != !options.tlsCertificateFile.empty() || tls != !options.tlsKeyFile.empty()) {
            fmt::print(stderr, "--tls goes with --cert and --key\n");
            return 2;
        }
        return serve(std::move(options), files);
    });
}

}  // namespace lianzheng::sim
