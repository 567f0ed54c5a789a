#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "mappings/text.h"
#include "tests/fuzz/mapping_directory.h"

namespace lianzheng {
namespace {

std::string shipped() {
    std::ifstream stream(std::string(LIANZHENG_MAPPINGS) + "/anguan.yaml", std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

FieldMap loaded(const std::string& yaml) {
    const MappingDirectory directory;
    Loaded<FieldMap> map = directory.load(yaml);
    demand(map.has_value(), "the shipped mapping can be read");
    return std::move(*map);
}

FieldMap inGb18030() {
    std::string yaml = shipped();
    const std::string_view utf8 = "charset: UTF-8";
    const std::size_t at = yaml.find(utf8);
    demand(at != std::string::npos, "the shipped mapping reads UTF-8");
    yaml.replace(at, utf8.size(), "charset: GB18030");
    return loaded(yaml);
}

void map(const FieldMap& fields, const std::vector<Cell>& cells) {
    Desired out;
    fields.map(cells, out);
    const auto troubled = [&](Field field) {
        const auto named = [&](const Invalid& problem) { return problem.field == nationalName(field); };
        return std::ranges::count_if(out.problems, named);
    };
    for (const Field field : kFields) {
        demand(troubled(field) <= 1, "a field has one problem at most");
        demand(isCleanUtf8(out.record[field]) || troubled(field) == 1, "what is no text is a problem");
    }
    Desired again;
    fields.map(cells, again);
    demand(again.record == out.record && again.seen == out.seen && again.problems == out.problems, "mapped alike");
}

}  // namespace
}  // namespace lianzheng

/// The input is `column=value` lines; a column that is not named is NULL.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lianzheng;
    static const FieldMap utf8 = loaded(shipped());
    static const FieldMap gb18030 = inGb18030();
    std::string_view rest = textOf(data, size);
    std::vector<Cell> cells(utf8.columns().size());
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const auto column = std::ranges::find(utf8.columns(), line.substr(0, line.find('=')));
        if (column == utf8.columns().end()) continue;
        cells[static_cast<std::size_t>(column - utf8.columns().begin())] = {
            line.substr(std::min(column->size() + 1, line.size())), false};
    }
    map(utf8, cells);
    map(gb18030, cells);
    return 0;
}
