#include "gateway/service/unknown_messages.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace lianzheng {
namespace {

std::string formOf(std::string_view message) {
    std::string form;
    for (const char c : message) {
        const bool digit = c >= '0' && c <= '9';
        if (digit && form.ends_with('#')) continue;
        form.push_back(digit ? '#' : c);
    }
    return form;
}

}  // namespace

std::vector<UnknownRefusal> byForm(const std::vector<UnknownRefusal>& messages) {
    std::map<std::string, UnknownRefusal> forms;
    for (const UnknownRefusal& each : messages) {
        UnknownRefusal& form = forms[formOf(each.message)];
        form.times += each.times;
        form.last = std::max(form.last, each.last);
    }
    std::vector<UnknownRefusal> list;
    for (auto& [text, form] : forms) list.push_back({text, form.times, form.last});
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.times > b.times; });
    return list;
}

}  // namespace lianzheng
