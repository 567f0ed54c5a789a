#include "tests/simulator/national/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace lianzheng::sim::national {

int runCommand(CLI::App& app, const Arguments& arguments, const std::function<int()>& run) {
    // CLI11 takes the words from the back.
    Arguments reversed{arguments.rbegin(), arguments.rend()};
    try {
        app.parse(reversed);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? 0 : 2;
    }
    try {
        return run();
    } catch (const std::exception& problem) {
        fmt::print(stderr, "{}: {}\n", app.get_name(), problem.what());
        return 70;
    }
}

}  // namespace lianzheng::sim::national
