#include <algorithm>
#include <vector>

#include "mappings/text.h"
#include "mappings/yaml_reader.h"
#include "tests/fuzz/mapping_directory.h"

namespace lianzheng {
namespace {

void demandPlaces(const FileProblems& problems, std::string_view yaml) {
    const auto lines = static_cast<int>(std::ranges::count(yaml, '\n')) + 1;
    for (const FileProblem& problem : problems) {
        demand(!problem.file.empty() && !problem.message.empty(), "a problem says where and what");
        demand(problem.line >= 0 && problem.line <= lines + 1, "the line is one of the file");
        demand(isCleanUtf8(problem.message), "a message is one line of text");
    }
}

/// A row of nothing, and one of the same word everywhere.
void mapRows(const FieldMap& map) {
    Desired out;
    for (const Cell cell : {Cell{}, Cell{"2023-08-01", false}}) {
        map.map(std::vector<Cell>(map.columns().size(), cell), out);
        demand(out.problems.size() <= kFieldCount + 8, "a field has one problem at most");
    }
}

}  // namespace
}  // namespace lianzheng

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lianzheng;
    static const MappingDirectory directory;
    const std::string_view yaml = textOf(data, size);
    demandPlaces(YamlFile::parse(std::string(yaml), "m.yaml").problems(), yaml);
    const Loaded<FieldMap> map = directory.load(yaml);
    if (map) {
        mapRows(*map);
    } else {
        demand(!map.error().empty(), "a refusal has its problems");
        demandPlaces(map.error(), yaml);
    }
    return 0;
}
