#include "adapters/provincial/gb18030.h"

#include <iconv.h>

#include <memory>

namespace lianzheng {

namespace {

struct Closing {
    void operator()(iconv_t conversion) const { ::iconv_close(conversion); }
};

}  // namespace

std::optional<std::string> toGb18030(std::string_view utf8) {
    iconv_t opened = ::iconv_open("GB18030", "UTF-8");
    // POSIX's way to say that there is no such conversion.
    // NOLINTNEXTLINE(performance-no-int-to-ptr,cppcoreguidelines-pro-type-reinterpret-cast)
    if (opened == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    const std::unique_ptr<std::remove_pointer_t<iconv_t>, Closing> conversion(opened);
    std::string input(utf8);
    std::string output(utf8.size() * 4 + 4, '\0');
    char* from = input.data();
    std::size_t left = input.size();
    char* to = output.data();
    std::size_t room = output.size();
    if (::iconv(conversion.get(), &from, &left, &to, &room) == static_cast<std::size_t>(-1)) return std::nullopt;
    output.resize(output.size() - room);
    return output;
}

}  // namespace lianzheng
