#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/districts.h"
#include "mappings/mapping_context.h"

namespace lianzheng {

/// The `source:` section. Each method reads one of its entries, and says what is off when that one is absent.
class SourceCompiler {
public:
    SourceCompiler(MappingContext& context, const YamlNode& source)
        : context_(context), yaml_(context.yaml), source_(source), to_(context.out.source) {}

    void compile();

private:
    void off(std::string_view entry, std::string_view feature) {
        context_.out.disabled.push_back("source." + std::string{entry} + " is absent: " + std::string{feature});
    }
    FactColumns::Column factColumn(const YamlNode& map, std::string_view what, std::string_view key) {
        const YamlNode* node = map.find(key);
        if (node == nullptr) return std::nullopt;
        const std::string use = std::string{what} + "." + std::string{key};
        const auto name = yaml_.text(*node, use);
        return name ? std::optional{context_.column(*node, *name, use)} : std::nullopt;
    }
    void from();
    void key();
    void number();
    std::string sourceColumn(std::string_view key, std::string_view feature);
    void changedAt();
    void greatest(const std::vector<std::string>& columns);
    void zone(const YamlNode& changedAt);
    void authority();
    void authorityRule(const YamlNode& node, const Districts* districts);
    void photo();
    void photoKind(const YamlNode& photo);
    void licence();
    void predecessor();
    std::optional<Conditions> flag(std::string_view key, std::string_view feature);
    void spellings();
    void charset();

    MappingContext& context_;
    YamlFile& yaml_;
    const YamlNode& source_;
    SourceDefinition& to_;
};

}  // namespace lianzheng
