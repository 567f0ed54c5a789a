#include <string>

#include "adapters/provincial/watermark_text.h"
#include "mappings/date.h"
#include "mappings/date_spelling.h"
#include "tests/fuzz/fuzz.h"

namespace lianzheng {
namespace {

void isoDay(std::string_view text) {
    const auto date = Date::parse(text);
    demand(isIsoDay(text) == date.has_value(), "both readers of yyyy-MM-dd agree");
    if (date) demand(date->str() == text, "a day is written as it was read");
}

void spelt(const DateSpelling& spelling, std::string_view text) {
    const auto parts = spelling.read(text);
    if (parts) {
        demand(Date::of(parts->year, parts->month, parts->day).has_value(), "the day exists");
        demand(parts->hour < 24 && parts->minute < 60 && parts->second < 61, "the time exists");
    }
    DateSpellings spellings;
    spellings.add(spelling);
    std::string day;
    const bool written = spellings.day(text, day);
    demand(written == parts.has_value(), "what is read has a day");
    if (written) demand(isIsoDay(day), "the day is written yyyy-MM-dd");
    // An instant may also be spelt as databases do, whatever the source's spelling of days.
    demand(!written || spellings.instant(text, std::chrono::minutes{480}).has_value(), "and an instant");
}

}  // namespace
}  // namespace lianzheng

/// The first line is a spelling, the rest a day.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lianzheng;
    const std::string_view input = textOf(data, size);
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string_view text = end < input.size() ? input.substr(end + 1) : std::string_view{};
    isoDay(input);
    isoDay(text);
    if (const auto spelling = DateSpelling::compile(input.substr(0, end))) spelt(*spelling, text);
    const TimePoint instant{std::chrono::milliseconds{1'772'330'584'005}};
    demand(!watermarkText(instant, std::chrono::minutes{480}, text).empty(), "a horizon has a text");
    return 0;
}
