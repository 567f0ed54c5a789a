#include "mappings/field_map_compiler.h"

#include "mappings/mapping_context.h"
#include "mappings/record_columns.h"
#include "mappings/yaml_reader.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <set>
#include <string>
#include <utility>

namespace lianzheng {
namespace {

/// 16 hex characters over everything the mapping is made of.
std::string versionOf(const std::string& mapping, const std::string& dependencies) {
    const std::string all = mapping + '\0' + dependencies;
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), XXH3_64bits(all.data(), all.size()), 16);
    std::string hex(digits.begin(), end.ptr);
    return std::string(digits.size() - hex.size(), '0') + hex;
}

void finish(CompiledMapping& out) {
    out.pushCoversComparable = true;
    for (const Field field : kFields) {
        // The state is compared and pushed apart from the fields, and its description only goes with it.
        const bool apart = field == Field::CertState || field == Field::CertStatusDescription;
        if (apart || !carries(out.type, field)) continue;
        const FieldTraits& traits = out.traits[static_cast<std::size_t>(field)];
        if (traits.comparable) out.comparable.push_back(field);
        if (traits.push) out.push.push_back(field);
        if (traits.push && !traits.comparable) out.pushOnly.push_back(field);
        if (!traits.push && traits.comparable) out.pushCoversComparable = false;
    }
    for (const std::string& null : out.nulls) out.nullLengths |= 1ULL << std::min<std::size_t>(null.size(), 63);
    out.recordColumns = recordColumnsOf(out);
}

}  // namespace

void compileWriteBack(MappingContext& context, const YamlNode& writeBack) {
    for (const std::string& column : context.yaml.texts(writeBack, "writeback")) {
        const auto same = [&column](const ColumnUse& use) { return use.column == column; };
        const auto found = std::ranges::find_if(context.out.uses, same);
        if (found == context.out.uses.end()) continue;
        context.yaml.problem(writeBack, "writeback: `" + column + "` is also read, by " + found->use + " at line " +
                                            std::to_string(found->line) +
                                            "; what the gateway writes must not come back as the province's word: "
                                            "write to a column of its own");
    }
}

Loaded<CompiledMapping> compileMapping(const std::filesystem::path& file) {
    YamlFile yaml = YamlFile::read(file);
    MappingContext context{yaml, file.parent_path()};
    context.out.file = yaml.name();
    const YamlNode& root = yaml.root();
    if (root.isNull() && !yaml.good()) return tl::unexpected(yaml.takeProblems());
    if (yaml.keys(root, "a mapping", {"certificate", "source", "fields", "state", "writeback", "adopt"})) {
        if (const YamlNode* said = root.find("certificate")) {
            const auto type = certificateTypeOf(yaml.text(*said, "certificate").value_or("anguan"));
            if (!type) yaml.problem(*said, "certificate must be anguan (安管人员) or tezhong (特种作业)");
            context.out.type = type.value_or(CertificateType::Anguan);
        }
        if (const YamlNode* source = yaml.required(root, "source", "a mapping")) compileSource(context, *source);
        if (const YamlNode* fields = yaml.required(root, "fields", "a mapping")) compileFields(context, *fields);
        if (const YamlNode* states = yaml.required(root, "state", "a mapping")) compileStates(context, *states);
        if (const YamlNode* writeBack = root.find("writeback")) compileWriteBack(context, *writeBack);
        // Last: its columns are read at a take-over only, and may be written back to.
        if (const YamlNode* adopt = root.find("adopt")) {
            compileAdopt(context, *adopt);
        } else {
            context.out.disabled.emplace_back("adopt is absent: `adopt --from province` has nothing to read");
        }
    }
    FileProblems problems = yaml.takeProblems();
    std::ranges::move(context.foreignProblems(), std::back_inserter(problems));
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    finish(context.out);
    context.out.version = versionOf(yaml.bytes(), context.dependencies());
    return std::move(context.out);
}

}  // namespace lianzheng
