#include "tests/simulator/national/national_server.h"

#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/ThreadPool.h>
#include <fmt/format.h>

#include <utility>

#include "tests/simulator/national/admin.h"
#include "tests/simulator/national/platform_handler.h"

namespace lianzheng::sim::national {

namespace {

class Factory : public Poco::Net::HTTPRequestHandlerFactory {
public:
    explicit Factory(PlatformContext& context) : context_(context) {}
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest& request) override {
        if (request.getURI().starts_with("/sim/")) return new AdminHandler(context_);
        return new PlatformHandler(context_);
    }

private:
    PlatformContext& context_;
};

/// Not ServerSocket(port): that sets SO_REUSEPORT, and two servers would share one port in silence.
void listen(Poco::Net::ServerSocket& socket, std::uint16_t port) {
    socket.bind(Poco::Net::SocketAddress("127.0.0.1", port), true, false);
    socket.listen(512);
}

}  // namespace

struct NationalServer::Parts {
    Parts(ServerOptions given, KeyPair pair)
        : options(std::move(given)),
          keys(std::move(pair)),
          context(options,
                  std::make_shared<CodeSeal>(options.publicKeyPem.empty() ? keys.publicPem : options.publicKeyPem)) {}

    ServerOptions options;
    KeyPair keys;
    PlatformContext context;
    std::uint16_t port = 0;
    std::unique_ptr<Poco::ThreadPool> threads;
    std::unique_ptr<Poco::Net::HTTPServer> server;
};

std::string PlatformContext::statsJson() const {
    std::string faults;
    for (std::size_t i = 0; i < kFaultCount; ++i) {
        if (struck[i] == 0) continue;
        faults +=
            fmt::format("{}\"{}\":{}", faults.empty() ? "" : ",", nameOf(static_cast<Fault>(i)), struck[i].load());
    }
    std::string json = registry.stats().json();
    json.back() = ',';
    return json + fmt::format(R"("calls":{},"writingCalls":{},"logins":{},"badTokens":{},"badEnvelopes":{},)"
                              R"("kills":{},"faults":{{{}}}}})",
                              calls.load(), writingCalls.load(), tokens.logins(), badTokens.load(), badEnvelopes.load(),
                              kills.load(), faults);
}

NationalServer::NationalServer(ServerOptions options) {
    KeyPair pair = options.publicKeyPem.empty() ? makeKeyPair(1024) : KeyPair{};
    parts_ = std::make_unique<Parts>(std::move(options), std::move(pair));
    parts_->port = parts_->options.port;
}

NationalServer::~NationalServer() { stop(); }

std::uint16_t NationalServer::start() {
    stop();
    const bool tls = !parts_->options.tlsCertificateFile.empty();
    std::unique_ptr<Poco::Net::ServerSocket> socket;
    if (tls) {
        Poco::Net::initializeSSL();
        const Poco::Net::Context::Ptr secured =
            new Poco::Net::Context(Poco::Net::Context::SERVER_USE, parts_->options.tlsKeyFile,
                                   parts_->options.tlsCertificateFile, "", Poco::Net::Context::VERIFY_NONE);
        socket = std::make_unique<Poco::Net::SecureServerSocket>(secured);
    } else {
        socket = std::make_unique<Poco::Net::ServerSocket>();
    }
    listen(*socket, parts_->port);
    parts_->port = socket->address().port();
    Poco::Net::HTTPServerParams::Ptr settings = new Poco::Net::HTTPServerParams;
    settings->setKeepAlive(true);
    settings->setMaxKeepAliveRequests(0);
    settings->setKeepAliveTimeout(Poco::Timespan(60, 0));
    settings->setTimeout(Poco::Timespan(60, 0));
    settings->setMaxThreads(parts_->options.threads);
    settings->setMaxQueued(1024);
    parts_->threads = std::make_unique<Poco::ThreadPool>(2, parts_->options.threads + 2);
    parts_->context.serving(true);
    parts_->server =
        std::make_unique<Poco::Net::HTTPServer>(new Factory(parts_->context), *parts_->threads, *socket, settings);
    parts_->server->start();
    return parts_->port;
}

void NationalServer::stop() {
    if (!parts_->server) return;
    parts_->context.serving(false);
    parts_->server->stopAll(true);
    parts_->threads->joinAll();
    parts_->server.reset();
    parts_->threads.reset();
}

std::string NationalServer::baseUrl() const {
    return fmt::format("{}://127.0.0.1:{}", parts_->options.tlsCertificateFile.empty() ? "http" : "https",
                       parts_->port);
}

Registry& NationalServer::registry() { return parts_->context.registry; }
std::string NationalServer::privateKeyPem() const { return parts_->keys.privatePem; }
Switches NationalServer::switches() const { return parts_->context.switches(); }

void NationalServer::change(const std::function<void(Switches&)>& edit) {
    Switches switches = parts_->context.switches();
    edit(switches);
    parts_->context.set(switches);
}

void NationalServer::restartCounting() {
    parts_->context.calls = 0;
    parts_->context.writingCalls = 0;
}

std::uint64_t NationalServer::calls() const { return parts_->context.calls; }
std::uint64_t NationalServer::writingCalls() const { return parts_->context.writingCalls; }
std::uint64_t NationalServer::logins() const { return parts_->context.tokens.logins(); }
void NationalServer::expireTokens() { parts_->context.tokens.expireAll(); }
std::string NationalServer::statsJson() const { return parts_->context.statsJson(); }

}  // namespace lianzheng::sim::national
