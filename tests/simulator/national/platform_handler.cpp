#include "tests/simulator/national/platform_handler.h"

#include <Poco/Net/HTMLForm.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/MediaType.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/String.h>
#include <Poco/URI.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

namespace lianzheng::sim::national {

namespace {

using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;

std::string queryValue(const Poco::URI& uri, std::string_view name) {
    for (const auto& [key, value] : uri.getQueryParameters()) {
        if (key == name) return value;
    }
    return {};
}

bool isJson(const HTTPServerRequest& request) {
    const Poco::Net::MediaType type{request.getContentType()};
    if (!type.matches("application", "json")) return false;
    return !type.hasParameter("charset") || Poco::icompare(type.getParameter("charset"), "utf-8") == 0;
}

Shape shapeFor(const FaultSet& faults, std::uint64_t call) {
    Shape shape;
    shape.wrapped = has(faults, Fault::Wrapped);
    shape.numericCode = has(faults, Fault::Numeric);
    if (has(faults, Fault::Sparse)) {
        constexpr std::array kForms{SparseData::Absent, SparseData::Null, SparseData::EmptyText,
                                    SparseData::EmptyListsAbsent};
        shape.sparse = kForms[call % kForms.size()];
    }
    return shape;
}

void warnOfEach(Reply& reply) {
    if (reply.kind != Reply::Kind::Answer || !reply.errors.empty()) return;
    for (const Fields& item : reply.success) {
        reply.warnings.push_back({std::string(valueOf(item, "eCertID")), "数据已接收，请核对"});
    }
    if (reply.success.empty()) reply.warnings.push_back({"", "数据已接收，请核对"});
}

}  // namespace

void sendJson(HTTPServerResponse& response, int status, const std::string& body) {
    response.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(status));
    response.setContentType("application/json;charset=UTF-8");
    response.setContentLength64(static_cast<Poco::Int64>(body.size()));
    // Flushed here, not when the response is destroyed: what follows may kill the caller, who must have the reply.
    response.send().write(body.data(), static_cast<std::streamsize>(body.size())).flush();
}

std::string bodyOf(HTTPServerRequest& request) {
    std::string body;
    if (request.hasContentLength()) body.reserve(static_cast<std::size_t>(request.getContentLength64()));
    std::array<char, 16384> chunk{};
    std::istream& stream = request.stream();
    while (stream.read(chunk.data(), chunk.size()) || stream.gcount() > 0) {
        body.append(chunk.data(), static_cast<std::size_t>(stream.gcount()));
    }
    return body;
}

void hangUp(HTTPServerRequest& request, HTTPServerResponse& response) {
    response.setKeepAlive(false);
    Poco::Net::StreamSocket socket = static_cast<Poco::Net::HTTPServerRequestImpl&>(request).detachSocket();
    socket.setLinger(true, 0);  // a reset, not an orderly end
    socket.close();
}

void PlatformHandler::handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) {
    const std::string& uri = request.getURI();
    const std::string path = uri.substr(0, uri.find('?'));
    std::string body = bodyOf(request);
    const auto operation = operationAt(path, context_.switches().rules.type);
    if (path != kTokenPath && !operation) return sendJson(response, 404, "{}");
    if (request.getMethod() != "POST") return sendJson(response, 405, "{}");
    if (!operation) return serveToken(request, response, path, std::move(body));
    serveCall(request, response, path, std::move(body), *operation);
}

bool PlatformHandler::envelopeRefused(HTTPServerRequest& request, HTTPServerResponse& response, const std::string& path,
                                      std::string& body) {
    const std::string token = queryValue(Poco::URI{request.getURI()}, "access_token");
    SignedRequest sealed{request.getMethod(), path, token, std::move(body),
                         [&request](const std::string& name) { return request.get(name, ""); }};
    const auto problem =
        path != kTokenPath ? context_.envelope.problem(sealed) : context_.envelope.problemOfLogin(sealed);
    body = std::move(sealed.body);
    if (!problem) return false;
    context_.badEnvelopes += 1;
    sendJson(response, context_.envelopeRefusal, "{\"error\":\"" + *problem + "\"}");
    return true;
}

void PlatformHandler::serveToken(HTTPServerRequest& request, HTTPServerResponse& response, const std::string& path,
                                 std::string body) {
    if (context_.envelopeOnToken && envelopeRefused(request, response, path, body)) return;
    const Poco::Net::MediaType type{request.getContentType()};
    if (!type.matches("application", "x-www-form-urlencoded")) return sendJson(response, 415, "{}");
    std::istringstream stream{body};
    Poco::Net::HTMLForm form;
    form.read(stream);
    const TokenDesk::Form login{form.get("client_id", ""), form.get("client_secret", ""), form.get("grant_type", "")};
    sendJson(response, 200, context_.tokens.logIn(login, context_.registry.rules()));
}

void PlatformHandler::serveCall(HTTPServerRequest& request, HTTPServerResponse& response, const std::string& path,
                                std::string body, Operation operation) {
    const std::uint64_t call = ++context_.calls;
    const std::uint64_t writing = writes(operation) ? ++context_.writingCalls : 0;
    const Switches switches = context_.switches();
    const Faults& plan = switches.faults;
    const FaultSet faults = plan.of(call);
    for (std::size_t i = 0; i < kFaultCount; ++i) context_.struck[i] += faults.test(i) ? 1 : 0;
    const auto kill = [&](KillWhen when) {
        if (writing == 0 || writing != plan.killAt || when != plan.killWhen || !killTarget(plan)) return false;
        context_.kills += 1;
        return true;
    };

    if (kill(KillWhen::Before) || has(faults, Fault::Dropped)) return hangUp(request, response);
    if (has(faults, Fault::Unavailable)) return sendJson(response, 503, "{}");
    if (!isJson(request)) return sendJson(response, 415, "{}");
    if (envelopeRefused(request, response, path, body)) return;
    if (has(faults, Fault::TokenExpired)) context_.tokens.expireAll();
    if (!context_.tokens.isValid(queryValue(Poco::URI{request.getURI()}, "access_token"))) {
        context_.badTokens += 1;
        const bool status = switches.rules.tokenRefusal == TokenRefusal::Status;
        return sendJson(response, status ? 200 : 401, statusReply("0", "access_token无效或已过期"));
    }
    if (has(faults, Fault::Latency)) context_.pause(std::chrono::milliseconds{plan.latencyMs});

    Reply reply = context_.registry.handle(operation, body, call);
    if (kill(KillWhen::Acting) || has(faults, Fault::Lost)) return hangUp(request, response);
    if (has(faults, Fault::BadGateway)) return sendJson(response, 502, "<html>502 Bad Gateway</html>");
    if (reply.kind == Reply::Kind::BadRequest) return sendJson(response, 400, render(reply, {}));
    if (reply.kind == Reply::Kind::TooLarge) return sendJson(response, 413, render(reply, {}));
    if (reply.kind == Reply::Kind::TooManyRequests) {
        response.set("Retry-After", std::to_string(switches.rules.retryAfterSeconds));
        return sendJson(response, 429, "{}");
    }
    if (has(faults, Fault::Warn)) warnOfEach(reply);
    send(response, render(reply, shapeFor(faults, call)), faults, plan.hugeBytes);
    kill(KillWhen::After);
}

void PlatformHandler::send(HTTPServerResponse& response, const std::string& body, const FaultSet& faults,
                           std::size_t hugeBytes) {
    if (has(faults, Fault::Malformed)) return sendJson(response, 200, body.substr(0, body.size() / 2));
    if (has(faults, Fault::Truncated)) {
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength64(static_cast<Poco::Int64>(body.size() + 100));
        response.setKeepAlive(false);
        response.send() << body.substr(0, body.size() / 2) << std::flush;
        return;
    }
    if (has(faults, Fault::Huge)) {
        const std::string open = R"({"ReturnCode":"1","ReturnMsg":")";
        const std::string close = R"("})";
        response.setContentType("application/json;charset=UTF-8");
        response.setContentLength64(static_cast<Poco::Int64>(open.size() + hugeBytes + close.size()));
        std::ostream& stream = response.send();
        stream << open;
        const std::string chunk(65536, 'x');
        for (std::size_t sent = 0; sent < hugeBytes && stream; sent += chunk.size()) {
            stream.write(chunk.data(), static_cast<std::streamsize>(std::min(chunk.size(), hugeBytes - sent)));
        }
        stream << close << std::flush;
        return;
    }
    sendJson(response, 200, body);
}

}  // namespace lianzheng::sim::national
