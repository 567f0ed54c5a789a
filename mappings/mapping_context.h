#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/compiled_mapping.h"
#include "mappings/yaml_reader.h"

namespace lianzheng {

/// What the parts of the compiler share while one mapping is read: the file with its problems, and what is made of it.
class MappingContext {
public:
    MappingContext(YamlFile& file, std::filesystem::path directory) : yaml(file), directory_(std::move(directory)) {}

    YamlFile& yaml;
    CompiledMapping out;
    /// The national fields that the entry being read refers to by `$name`.
    std::set<Field> fieldsUsed;

    /// The index of a source column whose cells map() wants. `use` names the entry, for messages.
    std::uint16_t column(const YamlNode& at, std::string_view name, std::string_view use);
    /// Notes a column that only the source's own SQL reads, so that its absence is noticed.
    void sourceColumn(const YamlNode& at, std::string_view name, std::string_view use);
    /// A column, or `$name` for a national field.
    std::optional<Operand> operand(const YamlNode& at, std::string_view name, std::string_view use);
    /// `{COLUMN: value | [values] | {in|not_in: …, empty: true|false}}`, all of which must hold.
    Conditions conditions(const YamlNode& node, std::string_view use);
    /// The index of a text in the tables.
    std::int32_t text(std::string text);
    /// The index of a code table of codes/; its problems are added to the mapping's own.
    std::optional<std::int32_t> codeTable(const YamlNode& at, std::string_view name);

    /// Bytes that make up the version beside the mapping's own.
    [[nodiscard]] const std::string& dependencies() const noexcept { return dependencies_; }
    [[nodiscard]] FileProblems& foreignProblems() noexcept { return foreign_; }
    [[nodiscard]] const std::filesystem::path& directory() const noexcept { return directory_; }

private:
    void use(const YamlNode& at, std::string_view name, std::string_view use);

    std::filesystem::path directory_;
    std::vector<std::string> codeNames_;
    std::vector<std::optional<std::int32_t>> codeIndexes_;
    std::string dependencies_;
    FileProblems foreign_;
};

void compileSource(MappingContext& context, const YamlNode& source);
void compileFields(MappingContext& context, const YamlNode& fields);
void compileStates(MappingContext& context, const YamlNode& states);
void compileAdopt(MappingContext& context, const YamlNode& section);
void compileWriteBack(MappingContext& context, const YamlNode& writeBack);

/// The steps of `transforms:`, put at the end of the mapping's chains.
void compileTransforms(MappingContext& context, const YamlNode& transforms, std::string_view use);

}  // namespace lianzheng
