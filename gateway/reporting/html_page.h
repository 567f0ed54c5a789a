#pragma once

#include <string>
#include <string_view>

namespace lianzheng {

/// `text` as it may stand in an element or a quoted attribute.
std::string escaped(std::string_view text);
/// The beginning of a page that needs nothing from elsewhere, up to and with <body>.
std::string pageHead(std::string_view language, std::string_view title);
std::string pageEnd();
/// The style sheet of our pages: for screens, and for A4 on paper.
std::string_view pageStyle();

}  // namespace lianzheng
