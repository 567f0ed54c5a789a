#include <array>
#include <string>

#include "adapters/provincial/gb18030.h"
#include "mappings/cell_text.h"
#include "mappings/text.h"
#include "tests/fuzz/fuzz.h"

namespace lianzheng {
namespace {

void facts(std::string_view text) {
    const TextFacts found = factsOf(text);
    demand(found.clean == isCleanUtf8(text), "both judges of text agree");
    if (found.clean) demand(found.privateUse == hasPrivateUse(text), "both judges of private use agree");
    if (found.ascii) demand(found.clean && gbkLength(text) == text.size(), "ASCII is clean and one byte a character");
    demand(quicklyTrimmed(text) == trimmed(text), "both trim the same");
}

void forms(std::string_view text) {
    const std::string narrow = halfWidth(text);
    demand(foldedDots(foldedDots(text)) == foldedDots(text), "folded dots stay");
    if (isCleanUtf8(text)) demand(isCleanUtf8(narrow) && isCleanUtf8(foldedDots(text)), "text stays text");
    std::array<char, 80> buffer{};
    if (const auto length = asciiForm(text, buffer)) {
        const std::string_view ascii(buffer.data(), *length);
        demand(ascii == upper(halfWidth(trimmed(text))), "both ways to ASCII agree");
    }
}

void gb18030(std::string_view text) {
    std::string utf8;
    if (!fromGb18030(text, utf8)) return;
    demand(utf8.empty() == text.empty(), "nothing is lost");
    const auto back = toGb18030(utf8);
    demand(back.has_value(), "what was read can be written");
    std::string again;
    demand(fromGb18030(*back, again) && again == utf8, "and means the same");
}

}  // namespace
}  // namespace lianzheng

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lianzheng;
    const std::string_view text = textOf(data, size);
    facts(text);
    forms(text);
    gb18030(text);
    if (const auto written = toGb18030(text)) {
        std::string back;
        demand(fromGb18030(*written, back) && back == text, "UTF-8 survives GB18030");
    }
    return 0;
}
