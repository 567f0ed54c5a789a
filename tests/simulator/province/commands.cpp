#include "tests/simulator/province/commands.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <functional>
#include <utility>
#include <vector>

#include "tests/simulator/province/evolve.h"
#include "tests/simulator/province/licences.h"
#include "tests/simulator/province/make_province.h"

namespace lianzheng::sim {

namespace {

using namespace lianzheng::sim::province;

struct Where {
    std::string url;
    std::string passwordFile;
};

void addWhere(CLI::App& app, Where& where) {
    app.add_option("--url", where.url, "sqlite3://PATH or postgresql://…")->required();
    app.add_option("--password-file", where.passwordFile, "file with the PostgreSQL password");
}

const CLI::Validator kIsDate{[](std::string& text) { return parseDate(text) ? "" : "not a date: yyyy-MM-dd"; }, "DATE"};

/// Parses, then does the work: 0 done, 2 usage, 70 failed.
int carriedOut(CLI::App& app, const Arguments& arguments, const std::function<void()>& work) {
    try {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 wants them
        app.parse(std::move(reversed));
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    try {
        work();
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}: {}\n", app.get_name(), error.what());
        return 70;
    }
    return 0;
}

}  // namespace

int provinceCommand(const Arguments& arguments) {
    CLI::App app{"Makes the demonstration province", "lianzheng-sim province"};
    Where where;
    ProvinceOptions options;
    std::string today = "2026-11-23";
    bool noPhotos = false;
    addWhere(app, where);
    app.add_option("--size", options.population.size, "certificates")->required()->check(CLI::PositiveNumber);
    app.add_option("--seed", options.population.seed, "seed of all chance")->required();
    app.add_option("--out", options.out, "folder for truth, manifest and national seed")->required();
    app.add_option("--registered", options.registered, "how many the platform holds already");
    app.add_option("--today", today, "the day, Asia/Shanghai")->check(kIsDate);
    app.add_option("--defects", options.population.defects, "share of rows with a planted defect");
    app.add_flag("--shuffle", options.population.shuffle, "store rows out of the order of key and number");
    app.add_flag("--no-photos", noPhotos, "photo versions without photos");
    return carriedOut(app, arguments, [&] {
        const auto database = openDatabase(where.url, where.passwordFile);
        options.population.today = *parseDate(today);
        options.photos = !noPhotos;
        options.population.scope = {database->takesAnyBytes(), options.photos};
        const ProvinceTally tally = makeProvince(*database, options);
        fmt::print("certificates={} sound={} to_be_pushed={} registered={} blocked={} normalised={}\n", tally.rows,
                   tally.sound, tally.toBePushed, tally.registered, tally.blocked, tally.normalised);
    });
}

int licencesCommand(const Arguments& arguments) {
    CLI::App app{"Makes licence files for written-back code ids", "lianzheng-sim licences"};
    Where where;
    LicenceOptions options;
    addWhere(app, where);
    app.add_option("--base-url", options.base, "where licence files are shown");
    app.add_option("--now", options.now, "yyyy-MM-dd HH:mm:ss, Asia/Shanghai");
    return carriedOut(app, arguments, [&] {
        const auto database = openDatabase(where.url, where.passwordFile);
        fmt::print("licences={}\n", makeLicences(*database, options));
    });
}

int evolveCommand(const Arguments& arguments) {
    CLI::App app{"Applies one day of business", "lianzheng-sim evolve"};
    Where where;
    EvolveOptions options;
    std::string day;
    addWhere(app, where);
    app.add_option("--day", day, "the day, Asia/Shanghai")->required()->check(kIsDate);
    app.add_option("--time", options.time, "when the day's first change is stamped: HH:mm:ss");
    app.add_option("--seed", options.seed, "seed of all chance")->required();
    app.add_option("--out", options.out, "folder with truth.jsonl")->required();
    app.add_option("--events", options.events, "how many events");
    app.add_option("--late", options.late, "certificates that become visible late");
    app.add_flag("--touch-all", options.touchAll, "stamp every certificate anew, changing nothing");
    app.add_option("--mass-cancel", options.massCancel, "percent of the valid certificates to cancel");
    app.add_flag("--drop-view", options.dropView, "remove the view");
    app.add_flag("--empty-view", options.emptyView, "make the view show nothing");
    app.add_option("--lose", options.lose, "percent of the certificates the view stops showing")
        ->check(CLI::Range(0, 100));
    app.add_flag("--restore-view", options.restoreView, "make the view whole again");
    return carriedOut(app, arguments, [&] {
        const auto database = openDatabase(where.url, where.passwordFile);
        options.day = *parseDate(day);
        std::string summary;
        for (const auto& [kind, count] : evolve(*database, options)) summary += fmt::format("{}={} ", kind, count);
        if (!summary.empty()) summary.pop_back();
        fmt::print("{}\n", summary);
    });
}

}  // namespace lianzheng::sim
