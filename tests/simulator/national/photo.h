#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lianzheng::sim::national {

/// What is wrong with a photo field (section 3: data URI, jpg or png, at most 50 KB decoded), or nothing.
std::optional<std::string> photoProblem(std::string_view dataUri, std::size_t maxBytes);

}  // namespace lianzheng::sim::national
