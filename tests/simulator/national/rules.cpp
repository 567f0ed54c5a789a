#include "tests/simulator/national/rules.h"

namespace lianzheng::sim::national {

Refusal refused(const char* kind, const std::string& detail) { return {kind, kind + detail}; }

}  // namespace lianzheng::sim::national
