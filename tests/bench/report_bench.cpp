// What the reports of a run with many findings cost: bench_reports [FINDINGS]. A store with FINDINGS (100,000) open
// findings, each with a cause of its own, is written to a temporary directory; then each format is made from it by a
// process of its own, and all together with their manifest, in seconds of wall clock and of processor, peak memory
// and size.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "gateway/reporting/report_writer.h"

namespace {

using namespace lianzheng;
namespace fs = std::filesystem;

[[noreturn]] void give(const Error& error) { throw std::runtime_error(error.where + " " + error.code); }

Finding madeUp(std::size_t at, const Districts& districts, TimePoint now) {
    Finding finding;
    finding.number = fmt::format("鲁建安B（{}）{:07}", 2019 + at % 6, at);
    const FindingKind kind = kFindingKinds.at(at % 7);
    finding.kind = word(kind);
    if (kind == FindingKind::FieldMismatch) finding.field = "companyName";
    if (kind == FindingKind::IdentityMismatch) finding.field = "identityCard";
    finding.provincialValue =
        kind == FindingKind::IdentityMismatch ? "11010519491231002X" : "山东某某建设工程集团有限公司";
    finding.nationalValue = "山东某某建设工程有限责任公司";
    finding.cause = fmt::format("{} 月 {} 日部平台受理后，该证在部平台的内容又被改动，与台账第 {} 条记录不同。",
                                1 + at % 12, 1 + at % 28, at);
    finding.help = "用 reconcile --repair 按部平台实际登记重新推送；如系企业更名，请先在省系统变更。";
    finding.owner = static_cast<Owner>(at % 6);
    finding.authority = districts.all().at(at * 7 % districts.all().size()).id;
    finding.company = fmt::format("山东第{}建筑安装工程有限公司", at % 20'000);
    finding.nextStep = "update.09";
    finding.firstSeen = now - std::chrono::hours{at % 3000};
    finding.lastSeen = now;
    finding.lastRun = 1;
    return finding;
}

void fill(Store& store, std::size_t count, const Districts& districts, TimePoint now) {
    constexpr std::size_t kTogether = 2000;
    std::vector<Change> changes;
    Tally tally;
    const auto commit = [&] {
        if (const Status done = store.commit(changes); !done) give(done.error());
        changes.clear();
    };
    for (std::size_t i = 0; i < count; ++i) {
        changes.emplace_back(PutFinding{madeUp(i, districts, now)});
        if (changes.size() == kTogether) commit();
    }
    tally.compared = count * 15;
    tally.differing = count;
    changes.emplace_back(PutRun{RunRow{1, "reconcile", now, now, "ok", tally.json("exchange")}});
    commit();
}

ReportInput inputFrom(Store& store, const Districts& districts, const fs::path& directory) {
    auto input = reportInputOf(store, 1, districts, Language::Chinese, directory.string(), TimePoint{});
    if (!input) give(input.error());
    return std::move(*input);
}

/// Runs `work` in a process of its own, and says what it cost.
template <class Work>
void measure(const std::string& name, const fs::path& file, const Work& work) {
    const auto begun = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
        try {
            work();
        } catch (const std::exception& failure) {
            fmt::print(stderr, "bench_reports: {}\n", failure.what());
            ::_exit(EXIT_FAILURE);
        }
        ::_exit(EXIT_SUCCESS);
    }
    int status = 0;
    rusage used{};
    if (child < 0 || ::wait4(child, &status, 0, &used) != child || status != 0) throw std::runtime_error(name);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begun;
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    fmt::print("{:<22} {:>6.2f} s  {:>6.2f} s of processor  {:>4} MB peak  {:>6.1f} MB\n", name, wall.count(),
               seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss / 1024,
               static_cast<double>(fs::file_size(file)) / 1e6);
}

void bench(std::size_t count, const fs::path& directory) {
    const auto districts = Districts::load(LIANZHENG_MAPPINGS "/districts.yaml");
    if (!districts) throw std::runtime_error("districts.yaml");
    SystemClock clock;
    const DatabaseAddress address{.url = "sqlite3://" + (directory / "store.db").string()};
    // Who measures keeps nothing that its children would count as theirs.
    measure("filling the store", directory / "store.db", [&] {
        auto store = openStore(address, clock);
        if (!store) give(store.error());
        fill(**store, count, *districts, clock.now());
    });
    for (const ReportFormat format : kReportFormats) {
        const fs::path file = reportPath(directory, 1, format);
        measure(std::string(word(format)), file, [&] {
            auto store = openStore(address, clock);
            if (!store) give(store.error());
            const Status done = writeReportFile(inputFrom(**store, *districts, directory), format, file);
            if (!done) give(done.error());
        });
    }
    measure("all, and the manifest", directory / "1.manifest", [&] {
        auto store = openStore(address, clock);
        if (!store) give(store.error());
        const Status done = writeReports(inputFrom(**store, *districts, directory), directory, {}, clock.now());
        if (!done) give(done.error());
    });
}

}  // namespace

int main(int count, char** words) {
    std::string name = fs::temp_directory_path() / "lianzheng-reports-XXXXXX";
    const fs::path directory = ::mkdtemp(name.data());
    int code = EXIT_SUCCESS;
    try {
        bench(count > 1 ? std::stoul(words[1]) : 100'000, directory);
    } catch (const std::exception& failure) {
        fmt::print(stderr, "bench_reports: {}\n", failure.what());
        code = EXIT_FAILURE;
    }
    if (const char* kept = std::getenv("LIANZHENG_BENCH_KEEP"); kept != nullptr) {
        fs::copy(directory, kept, fs::copy_options::recursive);
    }
    fs::remove_all(directory);
    return code;
}
