#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <cstdio>

#include "tests/simulator/national/command_line.h"
#include "tests/simulator/national/commands.h"
#include "tests/simulator/national/file_text.h"
#include "tests/simulator/national/sim_client.h"

namespace lianzheng::sim {

namespace {

/// The numbers that are sound, pushed and collected in the truth, a line each.
std::string soundNumbers(const std::string& truth) {
    std::string numbers;
    national::eachLine(truth, [&](std::string_view line) {
        rapidjson::Document object;
        object.Parse(line.data(), line.size());
        if (object.HasParseError() || !object.IsObject()) return;
        const auto holds = [&](const char* key) {
            const auto member = object.FindMember(key);
            return member != object.MemberEnd() && member->value.IsBool() && member->value.GetBool();
        };
        if (!holds("sound") || !holds("pushed") || object.HasMember("mayBeRefused")) return;
        const auto number = object.FindMember("certNum");
        if (number != object.MemberEnd() && number->value.IsString()) {
            numbers.append(number->value.GetString()).append(1, '\n');
        }
    });
    return numbers;
}

}  // namespace

int tamperCommand(const Arguments& arguments) {
    std::string base;
    std::string out;
    std::string truth;
    std::string province = "370000";
    std::size_t count = 50;
    std::uint64_t seed = 1;
    CLI::App app{"changes a running platform's registry behind the gateway's back", "lianzheng-sim tamper"};
    app.add_option("--base", base, "http://127.0.0.1:PORT of the running platform")->required();
    app.add_option("--count", count, "how many certificates");
    app.add_option("--seed", seed, "which ones");
    app.add_option("--out", out, "file for the list of changes (JSON Lines)")->required();
    app.add_option("--truth", truth, "truth.jsonl: choose only certificates that are sound there");
    app.add_option("--province", province, "provinceNum of the certificates chosen");
    return national::runCommand(app, arguments, [&] {
        const std::string lines = national::callSim(
            base, "POST", fmt::format("/sim/tamper?count={}&seed={}&provinceNum={}", count, seed, province),
            truth.empty() ? std::string{} : soundNumbers(national::readFile(truth)));
        national::writeFile(out, lines);
        const auto done = static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
        fmt::print("tampered with {} certificates\n", done);
        if (done < count) fmt::print(stderr, "only {} of {} certificates could be chosen\n", done, count);
        return done < count ? 1 : 0;
    });
}

}  // namespace lianzheng::sim
