#include "tests/simulator/national/verify.h"

#include <fmt/format.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "tests/simulator/national/command_line.h"
#include "tests/simulator/national/commands.h"
#include "tests/simulator/national/entry_json.h"
#include "tests/simulator/national/file_text.h"
#include "tests/simulator/national/sim_client.h"

namespace lianzheng::sim {

namespace {

using namespace national;

constexpr std::size_t kShown = 20;

std::map<std::string, Entry> registryOf(const std::string& lines) {
    std::map<std::string, Entry> registry;
    eachLine(lines, [&](std::string_view line) {
        std::optional<Entry> entry = entryOf(line);
        if (!entry) throw std::runtime_error("the registry has a line that is no certificate");
        std::string certNum{entry->certNum()};
        registry.emplace(std::move(certNum), std::move(*entry));
    });
    return registry;
}

void printJson(const Verification& result) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
    const auto put = [&](const char* key, const std::string& value) {
        writer.Key(key);
        writer.String(value.c_str());
    };
    writer.StartObject();
    writer.Key("counts");
    writer.StartObject();
    for (const auto& [name, count] : result.counts) {
        writer.Key(name.c_str());
        writer.Uint64(count);
    }
    writer.EndObject();
    writer.Key("differences");
    writer.StartArray();
    for (std::size_t i = 0; i < std::min(kShown, result.differences.size()); ++i) {
        const Difference& difference = result.differences[i];
        writer.StartObject();
        put("certNum", difference.certNum);
        put("kind", difference.kind);
        put("field", difference.field);
        put("expected", difference.expected);
        put("found", difference.found);
        writer.EndObject();
    }
    writer.EndArray();
    writer.EndObject();
    fmt::print("{}\n", buffer.GetString());
}

void printText(const Verification& result) {
    for (const auto& [name, count] : result.counts) fmt::print("{}: {}\n", name, count);
    for (std::size_t i = 0; i < std::min(kShown, result.differences.size()); ++i) {
        const Difference& difference = result.differences[i];
        fmt::print("{} {} {} expected [{}] found [{}]\n", difference.certNum, difference.kind, difference.field,
                   difference.expected, difference.found);
    }
}

}  // namespace

int verifyCommand(const Arguments& arguments) {
    std::string base;
    std::string dump;
    std::string truth;
    std::string manifest;
    bool json = false;
    VerifyPlan plan;
    CLI::App app{"compares a platform's registry with the province's truth", "lianzheng-sim verify"};
    auto* running = app.add_option("--base", base, "http://127.0.0.1:PORT of the running platform");
    app.add_option("--registry", dump, "dump of a registry, instead of --base")->excludes(running);
    app.add_option("--truth", truth, "truth.jsonl")->required();
    app.add_option("--manifest", manifest, "manifest.jsonl");
    app.add_flag("--collected-exactly", plan.collectedExactly, "a licence collected unexpectedly is a difference");
    app.add_flag("--json", json, "one JSON object");
    return runCommand(app, arguments, [&] {
        if (base.empty() == dump.empty()) {
            fmt::print(stderr, "one of --base and --registry is needed\n");
            return 2;
        }
        const auto registry = registryOf(base.empty() ? readFile(dump) : callSim(base, "GET", "/sim/registry", ""));
        const Verification result =
            verify(registry, readFile(truth), manifest.empty() ? std::string{} : readFile(manifest), plan);
        json ? printJson(result) : printText(result);
        return result.differences.empty() ? 0 : 1;
    });
}

}  // namespace lianzheng::sim
