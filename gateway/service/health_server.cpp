#include "gateway/service/health_server.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

namespace lianzheng {
namespace {

namespace Net = Poco::Net;

class Handler final : public Net::HTTPRequestHandler {
public:
    explicit Handler(const HealthState& state) : state_(state) {}
    void handleRequest(Net::HTTPServerRequest& request, Net::HTTPServerResponse& response) override {
        const std::string& path = request.getURI();
        const bool live = path == "/healthz";
        const bool ready = path == "/readyz";
        using Status = Net::HTTPResponse::HTTPStatus;
        Status status = Status::HTTP_NOT_FOUND;
        if (live || ready) {
            status = live || state_.ready ? Status::HTTP_OK : Status::HTTP_SERVICE_UNAVAILABLE;
        }
        response.setStatusAndReason(status);
        response.setContentType("text/plain; charset=utf-8");
        const std::string body = status == Status::HTTP_OK ? "ok\n" : live || ready ? "not ready\n" : "not found\n";
        response.sendBuffer(body.data(), body.size());
    }

private:
    const HealthState& state_;
};

class Factory final : public Net::HTTPRequestHandlerFactory {
public:
    explicit Factory(const HealthState& state) : state_(state) {}
    Net::HTTPRequestHandler* createRequestHandler(const Net::HTTPServerRequest& /*request*/) override {
        return new Handler(state_);
    }

private:
    const HealthState& state_;
};

class PocoHealthServer final : public HealthServer {
public:
    PocoHealthServer(const Net::ServerSocket& socket, const HealthState& state)
        : server_(new Factory(state), socket, new Net::HTTPServerParams), port_(socket.address().port()) {
        server_.start();
    }
    ~PocoHealthServer() override { server_.stopAll(true); }
    PocoHealthServer(const PocoHealthServer&) = delete;
    PocoHealthServer& operator=(const PocoHealthServer&) = delete;
    [[nodiscard]] int port() const override { return port_; }

private:
    Net::HTTPServer server_;
    int port_;
};

}  // namespace

Result<std::unique_ptr<HealthServer>> HealthServer::start(const std::string& host, int port, const HealthState& state) {
    try {
        Net::ServerSocket socket;
        // Without SO_REUSEPORT: with it two daemons would share one port in silence.
        socket.bind(Net::SocketAddress(host, static_cast<Poco::UInt16>(port)), true, false);
        socket.listen();
        return std::make_unique<PocoHealthServer>(socket, state);
    } catch (const Poco::Exception&) {
        return failed(Fault::Unavailable, "http.listen", "port_taken");
    }
}

}  // namespace lianzheng
