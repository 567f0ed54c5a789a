#include "gateway/reporting/html_page.h"

#include <fmt/format.h>

#include "adapters/envelope/digest.h"
#include "adapters/envelope/spelling.h"

namespace lianzheng {

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string pageHead(std::string_view language, std::string_view title, std::string_view script,
                     std::string_view style) {
    const std::string scripts =
        script.empty() ? ""
                       : fmt::format("; script-src 'sha256-{}'", spelt(digest(Hash::Sha256, script), Spelling::Base64));
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'{}\">\n"
        "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        language, scripts, escaped(title), style);
}

std::string pageEnd(std::string_view script) {
    return script.empty() ? "</body>\n</html>\n" : fmt::format("<script>{}</script>\n</body>\n</html>\n", script);
}

}  // namespace lianzheng
