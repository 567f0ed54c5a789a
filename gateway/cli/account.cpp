#include <array>

#include <pwd.h>
#include <unistd.h>

#include "gateway/cli/commands.h"

namespace lianzheng {

std::string accountName() {
    std::array<char, 4096> room{};
    passwd entry{};
    passwd* found = nullptr;
    const uid_t user = ::getuid();
    if (::getpwuid_r(user, &entry, room.data(), room.size(), &found) == 0 && found != nullptr) return found->pw_name;
    return std::to_string(user);
}

}  // namespace lianzheng
