#include "gateway/service/properties.h"

#include "mappings/text.h"
#include "tests/fuzz/bytes_as_file.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lianzheng;
    const BytesAsFile file(textOf(data, size));
    const Loaded<Properties> properties = readProperties(file.path());
    if (!properties) {
        demand(!properties.error().empty(), "a refusal has its problems");
        for (const FileProblem& problem : properties.error())
            demand(problem.line > 0 && problem.file == file.path() && !problem.message.empty(), "each has its place");
        return 0;
    }
    for (const auto& [key, property] : *properties) {
        demand(!key.empty() && trimmed(key) == key && trimmed(property.value) == property.value, "trimmed");
        demand(property.line > 0 && key.find('=') == std::string::npos, "a key ends at the first =");
    }
    return 0;
}
