#include "tests/simulator/national/sim_client.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <memory>
#include <stdexcept>

namespace lianzheng::sim::national {

std::string callSim(const std::string& base, const std::string& method, const std::string& pathAndQuery,
                    const std::string& body) {
    const Poco::URI uri{base};
    std::unique_ptr<Poco::Net::HTTPClientSession> session;
    if (uri.getScheme() == "https") {
        Poco::Net::initializeSSL();
        const Poco::Net::Context::Ptr any =
            new Poco::Net::Context(Poco::Net::Context::CLIENT_USE, "", Poco::Net::Context::VERIFY_NONE);
        session = std::make_unique<Poco::Net::HTTPSClientSession>(uri.getHost(), uri.getPort(), any);
    } else {
        session = std::make_unique<Poco::Net::HTTPClientSession>(uri.getHost(), uri.getPort());
    }
    Poco::Net::HTTPRequest request{method, pathAndQuery, Poco::Net::HTTPMessage::HTTP_1_1};
    request.setContentLength64(static_cast<Poco::Int64>(body.size()));
    session->sendRequest(request) << body << std::flush;
    Poco::Net::HTTPResponse response;
    std::string text;
    Poco::StreamCopier::copyToString(session->receiveResponse(response), text);
    if (response.getStatus() != Poco::Net::HTTPResponse::HTTP_OK) {
        throw std::runtime_error("the stand-in answered " + std::to_string(response.getStatus()) + ": " + text);
    }
    return text;
}

}  // namespace lianzheng::sim::national
