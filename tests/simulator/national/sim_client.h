#pragma once

#include <string>

namespace lianzheng::sim::national {

/// One call to a running stand-in's own doors. `base` is http://127.0.0.1:PORT or https (any certificate is taken).
/// Errors: std::runtime_error with the status, or Poco's exceptions.
std::string callSim(const std::string& base, const std::string& method, const std::string& pathAndQuery,
                    const std::string& body);

}  // namespace lianzheng::sim::national
