#pragma once

#include <Poco/Net/HTTPRequestHandler.h>

#include "tests/simulator/national/platform_context.h"

namespace lianzheng::sim::national {

/// /sim/…: the stand-in's own doors, open to this machine only. No part of the platform's interface.
class AdminHandler : public Poco::Net::HTTPRequestHandler {
public:
    explicit AdminHandler(PlatformContext& context) : context_(context) {}
    void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override;

private:
    PlatformContext& context_;
};

}  // namespace lianzheng::sim::national
