#include "tests/support/scripted_server.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/StreamCopier.h>
#include <Poco/String.h>
#include <Poco/ThreadPool.h>
#include <Poco/URI.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lianzheng {
namespace {

namespace net = Poco::Net;

std::string rendered(const ServerReply& reply) {
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " Scripted\r\n";
    for (const auto& [name, value] : reply.headers) text.append(name).append(": ").append(value).append("\r\n");
    text.append("Content-Type: application/json\r\nContent-Length: ");
    text.append(std::to_string(reply.body.size())).append("\r\n\r\n").append(reply.body);
    return text;
}

void sendAll(net::StreamSocket& socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const int sent = socket.sendBytes(bytes.data(), static_cast<int>(bytes.size()));
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void sendFlood(net::StreamSocket& socket, std::size_t size) {
    sendAll(socket, "HTTP/1.1 200 Scripted\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n");
    const std::string block(1U << 16U, 'x');
    for (std::size_t left = size; left > 0; left -= std::min(left, block.size())) {
        sendAll(socket, std::string_view(block).substr(0, std::min(left, block.size())));
    }
}

}  // namespace

struct ScriptedServer::State {
    Script script;
    std::string scheme;
    mutable std::mutex mutex;
    mutable std::condition_variable changed;
    std::vector<SeenRequest> seen;
    bool released = false;
    bool refusing = false;
    std::vector<int> opened;  ///< a descriptor of ours for each connection, to end it by
    Poco::ThreadPool threads{4, 64};
    std::unique_ptr<net::HTTPServer> server;

    void handle(net::HTTPServerRequest& request, net::HTTPServerResponse& response);
    void act(const ServerReply& reply, net::StreamSocket& socket, net::HTTPServerResponse& response);
    void start(const net::ServerSocket& socket);
};

namespace {

template <class State>
class Handler final : public net::HTTPRequestHandler {
public:
    explicit Handler(State& state) : state_(state) {}
    void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
        try {
            state_.handle(request, response);
        } catch (const Poco::Exception&) {
            // The client went away: that is what many tests want.
            response.setKeepAlive(false);
        }
    }

private:
    State& state_;
};

template <class State>
class Factory final : public net::HTTPRequestHandlerFactory {
public:
    explicit Factory(State& state) : state_(state) {}
    net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
        return new Handler<State>(state_);
    }

private:
    State& state_;
};

template <class State>
class Door final : public net::TCPServerConnectionFilter {
public:
    explicit Door(State& state) : state_(state) {}
    bool accept(const net::StreamSocket& socket) override {
        const std::lock_guard lock(state_.mutex);
        state_.opened.push_back(dup(socket.impl()->sockfd()));
        return !state_.refusing;
    }

private:
    State& state_;
};

SeenRequest headOf(const net::HTTPServerRequest& request) {
    const Poco::URI uri(request.getURI());
    SeenRequest seen{request.getMethod(), uri.getPath(), uri.getRawQuery(), {}, {}};
    for (const auto& [name, value] : request) seen.headers[Poco::toLower(name)] = value;
    return seen;
}

}  // namespace

void ScriptedServer::State::handle(net::HTTPServerRequest& request, net::HTTPServerResponse& response) {
    SeenRequest seenNow = headOf(request);
    net::StreamSocket& socket = dynamic_cast<net::HTTPServerRequestImpl&>(request).socket();
    std::unique_lock lock(mutex);
    const ServerReply reply = script(seenNow);
    lock.unlock();
    if (reply.conduct != Conduct::CloseBeforeReading) Poco::StreamCopier::copyToString(request.stream(), seenNow.body);
    lock.lock();
    seen.push_back(std::move(seenNow));
    changed.notify_all();
    if (reply.conduct == Conduct::StallUntilReleased) changed.wait(lock, [this] { return released; });
    lock.unlock();
    act(reply, socket, response);
}

void ScriptedServer::State::act(const ServerReply& reply, net::StreamSocket& socket,
                                net::HTTPServerResponse& response) {
    const std::string text = rendered(reply);
    response.setKeepAlive(true);
    switch (reply.conduct) {
        case Conduct::Answer:
        case Conduct::StallUntilReleased:
            if (reply.flood > 0) return sendFlood(socket, reply.flood);
            return sendAll(socket, text);
        case Conduct::AnswerTwice:
            return sendAll(socket, text + text);
        case Conduct::Truncate:
            sendAll(socket, std::string_view(text).substr(0, text.size() - reply.body.size() / 2));
            break;
        case Conduct::Garbage:
            sendAll(socket, reply.body);
            break;
        case Conduct::CloseBeforeReading:
        case Conduct::CloseAfterReading:
            break;
    }
    response.setKeepAlive(false);
    socket.shutdown();
}

void ScriptedServer::State::start(const net::ServerSocket& socket) {
    auto* const params = new net::HTTPServerParams;
    params->setKeepAlive(true);
    params->setMaxThreads(64);
    params->setMaxQueued(256);
    server = std::make_unique<net::HTTPServer>(new Factory<State>(*this), threads, socket, params);
    server->setConnectionFilter(new Door<State>(*this));
    server->start();
}

ScriptedServer::ScriptedServer(Script script) : state_(std::make_unique<State>()) {
    state_->script = std::move(script);
    state_->scheme = "http";
    state_->start(net::ServerSocket(net::SocketAddress("127.0.0.1", 0), 256));
}

ScriptedServer::ScriptedServer(Script script, const Tls& tls) : state_(std::make_unique<State>()) {
    state_->script = std::move(script);
    state_->scheme = "https";
    net::initializeSSL();
    const auto demand = tls.demandsClientCertificate ? net::Context::VERIFY_STRICT : net::Context::VERIFY_NONE;
    const net::Context::Ptr context = new net::Context(net::Context::TLS_SERVER_USE, tls.key.string(),
                                                       tls.certificate.string(), tls.certificate.string(), demand);
    state_->start(net::SecureServerSocket(net::SocketAddress("127.0.0.1", 0), 256, context));
}

ScriptedServer::~ScriptedServer() {
    release();
    state_->server->stop();
    {
        // Poco would end TLS connections from this thread, under the hands of those that serve them.
        const std::lock_guard lock(state_->mutex);
        for (const int socket : state_->opened) shutdown(socket, SHUT_RDWR);
    }
    state_->threads.joinAll();
    for (const int socket : state_->opened) close(socket);
}

std::string ScriptedServer::base() const {
    return state_->scheme + "://127.0.0.1:" + std::to_string(state_->server->port());
}

std::vector<SeenRequest> ScriptedServer::seen() const {
    const std::lock_guard lock(state_->mutex);
    return state_->seen;
}

void ScriptedServer::waitFor(std::size_t count) const {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [&] { return state_->seen.size() >= count; });
}

std::size_t ScriptedServer::connections() const {
    const std::lock_guard lock(state_->mutex);
    return state_->opened.size();
}

void ScriptedServer::refuseConnections(bool refuse) {
    const std::lock_guard lock(state_->mutex);
    state_->refusing = refuse;
}

void ScriptedServer::release() {
    const std::lock_guard lock(state_->mutex);
    state_->released = true;
    state_->changed.notify_all();
}

}  // namespace lianzheng
