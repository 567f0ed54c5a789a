#pragma once

#include <Poco/Net/HTTPRequestHandler.h>

#include <string>

#include "tests/simulator/national/platform_context.h"

namespace lianzheng::sim::national {

/// Serves the token and the calls of section 2, with the faults planned for them.
class PlatformHandler : public Poco::Net::HTTPRequestHandler {
public:
    explicit PlatformHandler(PlatformContext& context) : context_(context) {}
    void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override;

private:
    void serveToken(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response,
                    const std::string& path, std::string body);
    void serveCall(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response,
                   const std::string& path, std::string body, Operation operation);
    /// Opens the envelopes: `body` becomes what was inside.
    bool envelopeRefused(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response,
                         const std::string& path, std::string& body);
    void send(Poco::Net::HTTPServerResponse& response, const std::string& body, const FaultSet& faults,
              std::size_t hugeBytes);

    PlatformContext& context_;
};

/// One whole reply.
void sendJson(Poco::Net::HTTPServerResponse& response, int status, const std::string& body);
/// The request's body.
std::string bodyOf(Poco::Net::HTTPServerRequest& request);
/// Closes the connection without another byte.
void hangUp(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response);

}  // namespace lianzheng::sim::national
