#pragma once

#include <string>
#include <vector>

namespace lianzheng::sim {

/// The words after the command's name, as the shell split them.
using Arguments = std::vector<std::string>;

}  // namespace lianzheng::sim
