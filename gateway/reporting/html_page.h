#pragma once

#include <string>
#include <string_view>

namespace lianzheng {

/// `text` as it may stand in an element or a quoted attribute.
std::string escaped(std::string_view text);
/// The style sheet of our pages: for screens, and for A4 on paper.
std::string_view pageStyle();
/// The beginning of a page that needs nothing from elsewhere, up to and with <body>. Of scripts it admits `script`
/// alone, by its digest, and none when that is empty: nothing that comes in as text can ever run.
std::string pageHead(std::string_view language, std::string_view title, std::string_view script = {},
                     std::string_view style = pageStyle());
/// The end of a page, with the same script.
std::string pageEnd(std::string_view script = {});
/// What filters and sorts a report's details.
std::string_view pageScript();

}  // namespace lianzheng
