#include "tests/simulator/national/admin.h"

#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/URI.h>

#include <map>
#include <stdexcept>

#include "tests/simulator/national/entry_json.h"
#include "tests/simulator/national/exchange_view.h"
#include "tests/simulator/national/file_text.h"
#include "tests/simulator/national/platform_handler.h"
#include "tests/simulator/national/tamper.h"

namespace lianzheng::sim::national {

namespace {

using Parameters = std::map<std::string, std::string>;

std::string changeSwitches(PlatformContext& context, const Parameters& parameters, const std::string& body) {
    Switches switches = context.switches();
    if (parameters.contains("clear")) switches.faults = Faults{};
    if (const auto problem = setSwitches(switches, body.empty() ? "{}" : body)) throw std::invalid_argument(*problem);
    context.set(switches);
    if (parameters.contains("restart")) {
        context.calls = 0;
        context.writingCalls = 0;
    }
    return "{}";
}

std::string tamperNow(PlatformContext& context, const Parameters& parameters, const std::string& body) {
    TamperPlan plan;
    if (parameters.contains("count")) plan.count = std::stoul(parameters.at("count"));
    if (parameters.contains("seed")) plan.seed = std::stoull(parameters.at("seed"));
    if (parameters.contains("provinceNum")) plan.provinceNum = parameters.at("provinceNum");
    eachLine(body, [&](std::string_view line) { plan.among.emplace(line); });
    return tamperedLines(tamper(context.registry, plan, context.now()));
}

std::string answer(PlatformContext& context, const std::string& call, const Parameters& parameters,
                   const std::string& body) {
    if (call == "GET /sim/registry") return registryLines(context.registry);
    if (call == "GET /sim/stats") return context.statsJson();
    if (call == "POST /sim/faults") return changeSwitches(context, parameters, body);
    if (call == "POST /sim/tamper") return tamperNow(context, parameters, body);
    if (call == "POST /sim/exchange" && parameters.contains("path")) {
        writeExchangeView(context.registry, parameters.at("path"));
        return "{}";
    }
    throw std::invalid_argument("no such door");
}

}  // namespace

void AdminHandler::handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) {
    if (!request.clientAddress().host().isLoopback()) return sendJson(response, 403, "{}");
    const Poco::URI uri{request.getURI()};
    const auto pairs = uri.getQueryParameters();
    const std::string body = bodyOf(request);
    try {
        sendJson(response, 200,
                 answer(context_, request.getMethod() + ' ' + uri.getPath(), {pairs.begin(), pairs.end()}, body));
    } catch (const std::exception& problem) {
        if (!response.sent()) sendJson(response, 400, std::string(problem.what()) + '\n');
    }
}

}  // namespace lianzheng::sim::national
