#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/problem.h"

namespace lianzheng {

/// A telephone number and what it is for (证书管理, 建筑企业 …; empty when the notice does not say).
struct Telephone {
    std::string number;
    std::string matter;
};

/// One of the 18 city authorities of the notice's annex 2, or the bucket `province` (省属/未归属).
struct Authority {
    std::string id;
    std::string city;
    std::string name;
    std::vector<Telephone> telephones;
};

/// districts.yaml, as of the day it states.
class Districts {
public:
    static Loaded<Districts> load(const std::filesystem::path& file);
    /// The authority of `id`; the bucket 省属/未归属 for an id nobody has.
    [[nodiscard]] const Authority& find(std::string_view id) const;
    [[nodiscard]] const std::vector<Authority>& all() const noexcept { return authorities_; }
    [[nodiscard]] const std::string& asOf() const noexcept { return asOf_; }

private:
    std::vector<Authority> authorities_;
    std::string asOf_;
};

}  // namespace lianzheng
