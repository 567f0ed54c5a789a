#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lianzheng::sim::national {

/// What was inside {"citynum":…,"data":…}; nothing when it cannot be opened.
std::optional<std::string> openSm4(std::string_view body, std::string_view key);

/// What was inside {"data":{…}}, and what stood beside it.
struct OpenedSm2 {
    std::string body;
    std::string appCode;
    std::string timestamp;
};
/// Nothing when it cannot be opened, or was not signed by the owner of `publicPem` under the default user id.
std::optional<OpenedSm2> openSm2(std::string_view body, std::string_view key, const std::string& publicPem);

}  // namespace lianzheng::sim::national
