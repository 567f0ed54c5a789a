#include "mappings/field_map.h"

#include "mappings/compiled_mapping.h"
#include "mappings/field_map_compiler.h"
#include "mappings/row_mapper.h"

#include <algorithm>
#include <utility>

namespace lianzheng {
namespace {

/// Databases fold the case of names that are not quoted, each its own way.
bool sameColumn(std::string_view left, std::string_view right) {
    const auto folded = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
    return std::ranges::equal(left, right, {}, folded, folded);
}

}  // namespace

FieldMap::FieldMap(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
FieldMap::FieldMap(FieldMap&&) noexcept = default;
FieldMap& FieldMap::operator=(FieldMap&&) noexcept = default;
FieldMap::~FieldMap() = default;

Loaded<FieldMap> FieldMap::load(const std::filesystem::path& file) {
    auto compiled = compileMapping(file);
    if (!compiled) return tl::unexpected(std::move(compiled.error()));
    return FieldMap{std::make_unique<Compiled>(Compiled{std::move(*compiled)})};
}

CertificateType FieldMap::type() const noexcept { return compiled_->type; }

const SourceDefinition& FieldMap::source() const noexcept { return compiled_->source; }
const std::vector<std::string>& FieldMap::columns() const noexcept { return compiled_->columns; }
const std::vector<std::string>& FieldMap::disabledFeatures() const noexcept { return compiled_->disabled; }
std::span<const Field> FieldMap::comparableFields() const noexcept { return compiled_->comparable; }
std::span<const Field> FieldMap::pushFields() const noexcept { return compiled_->push; }
bool FieldMap::tellsOfLicences() const noexcept { return compiled_->facts.licenceUrl && compiled_->facts.licenceTime; }
const std::string& FieldMap::version() const noexcept { return compiled_->version; }

const FieldTraits& FieldMap::traits(Field field) const noexcept {
    return compiled_->traits[static_cast<std::size_t>(field)];
}

bool FieldMap::required(Field field, OperateType type) const noexcept {
    const unsigned bits = compiled_->required[static_cast<std::size_t>(field)];
    return (bits >> static_cast<unsigned>(type) & 1U) != 0;
}

FileProblems FieldMap::missingColumns(std::span<const std::string> there) const {
    FileProblems problems;
    for (const ColumnUse& use : compiled_->uses) {
        const auto same = [&use](const std::string& column) { return sameColumn(column, use.column); };
        if (std::ranges::any_of(there, same)) continue;
        problems.push_back({compiled_->file, use.line,
                            use.use + ": the source has no column `" + use.column +
                                "`; name one it has, or have the source restored"});
    }
    return problems;
}

void FieldMap::map(std::span<const Cell> row, Desired& out) const { mapRow(*compiled_, row, out); }

const std::vector<bool>& FieldMap::recordColumns() const noexcept { return compiled_->recordColumns; }

void FieldMap::mapRecord(std::span<const Cell> row, Desired& out) const { lianzheng::mapRecord(*compiled_, row, out); }

}  // namespace lianzheng
