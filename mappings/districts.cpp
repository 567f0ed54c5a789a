#include "mappings/districts.h"

#include "mappings/date.h"
#include "mappings/yaml_reader.h"

#include <algorithm>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::string_view kBucket = "province";

Telephone telephoneIn(YamlFile& file, const YamlNode& node) {
    if (!file.keys(node, "a telephone", {"number", "matter"})) return {};
    Telephone telephone{file.requiredText(node, "number", "a telephone"),
                        file.textOr(node, "matter", "a telephone", "")};
    const bool dialled = std::all_of(telephone.number.begin(), telephone.number.end(),
                                     [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
    if (!dialled) file.problem(node, "a telephone number has digits and - only");
    return telephone;
}

Authority authorityIn(YamlFile& file, const YamlNode& node) {
    Authority authority;
    if (!file.keys(node, "an authority", {"id", "city", "name", "telephones"})) return authority;
    authority.id = file.requiredText(node, "id", "an authority");
    authority.city = file.requiredText(node, "city", "an authority");
    authority.name = file.requiredText(node, "name", "an authority");
    if (const YamlNode* telephones = node.find("telephones")) {
        if (file.isSequence(*telephones, "telephones")) {
            for (const YamlNode& item : telephones->items) authority.telephones.push_back(telephoneIn(file, item));
        }
    }
    return authority;
}

const Authority* findIn(const std::vector<Authority>& authorities, std::string_view id) {
    for (const Authority& authority : authorities) {
        if (authority.id == id) return &authority;
    }
    return nullptr;
}

}  // namespace

Loaded<Districts> Districts::load(const std::filesystem::path& path) {
    YamlFile file = YamlFile::read(path);
    Districts districts;
    const YamlNode& root = file.root();
    if (!file.good() || !file.keys(root, "the directory", {"as_of", "source", "authorities"})) {
        return tl::make_unexpected(file.takeProblems());
    }
    districts.asOf_ = file.requiredText(root, "as_of", "the directory");
    if (!districts.asOf_.empty() && !Date::parse(districts.asOf_)) {
        file.problem(*root.find("as_of"), "as_of must be a day, yyyy-MM-dd");
    }
    const YamlNode* authorities = file.required(root, "authorities", "the directory");
    if (authorities != nullptr && file.isSequence(*authorities, "authorities")) {
        for (const YamlNode& item : authorities->items) {
            Authority authority = authorityIn(file, item);
            if (!authority.id.empty() && findIn(districts.authorities_, authority.id) != nullptr) {
                file.problem(item, "the id `" + authority.id + "` stands here a second time");
            }
            districts.authorities_.push_back(std::move(authority));
        }
        if (findIn(districts.authorities_, kBucket) == nullptr) {
            file.problem(*authorities, "there is no authority `province` for what belongs to no city");
        }
    }
    if (!file.good()) return tl::make_unexpected(file.takeProblems());
    return districts;
}

const Authority& Districts::find(std::string_view id) const {
    const Authority* found = findIn(authorities_, id);
    return found != nullptr ? *found : *findIn(authorities_, kBucket);
}

}  // namespace lianzheng
