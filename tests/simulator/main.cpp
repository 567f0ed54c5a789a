#include <fmt/format.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/simulator/national/commands.h"
#include "tests/simulator/province/commands.h"

namespace {

using lianzheng::sim::Arguments;
using Command = std::function<int(const Arguments&)>;

const std::map<std::string, Command>& commands() {
    using namespace lianzheng::sim;
    static const std::map<std::string, Command> table{
        {"province", provinceCommand}, {"licences", licencesCommand}, {"evolve", evolveCommand},
        {"national", nationalCommand}, {"tamper", tamperCommand},     {"verify", verifyCommand},
    };
    return table;
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments(argv + 1, argv + argc);
    const auto found = arguments.empty() ? commands().end() : commands().find(arguments.front());
    if (found == commands().end()) {
        fmt::print(stderr, "usage: lianzheng-sim COMMAND --help, COMMAND one of:");
        for (const auto& [name, run] : commands()) fmt::print(stderr, " {}", name);
        fmt::print(stderr, "\n");
        return 2;
    }
    return found->second({arguments.begin() + 1, arguments.end()});
}
