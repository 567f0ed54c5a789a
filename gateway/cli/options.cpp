#include "gateway/cli/options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <vector>

#include "gateway/reconcile/finding_kind.h"
#include "gateway/reporting/labels.h"
#include "mappings/masked.h"
#include "mappings/text.h"

namespace lianzheng {
namespace {

std::string defineProblem(const std::string& text) {
    const std::size_t equals = text.find('=');
    return equals == std::string::npos || equals == 0 ? "--define wants key=value" : "";
}

/// For what is kept as somebody's word.
std::string blankProblem(const std::string& text) {
    return trimmed(text).empty() ? "must say something: it is kept" : "";
}

/// A time as 90, 90s, 5m or 2h.
std::optional<std::chrono::seconds> durationOf(const std::string& text) {
    static const std::map<char, std::int64_t> kUnits{{'s', 1}, {'m', 60}, {'h', 3600}};
    std::string digits = text;
    std::int64_t unit = 1;
    if (!digits.empty() && kUnits.contains(digits.back())) {
        unit = kUnits.at(digits.back());
        digits.pop_back();
    }
    if (digits.empty() || digits.size() > 6 || digits.find_first_not_of("0123456789") != std::string::npos) return {};
    return std::chrono::seconds{std::stoll(digits) * unit};
}

void declareSync(CLI::App& app, Options& options, std::string& wait) {
    auto* sync = app.add_subcommand("sync", "one pass, until nothing is due now");
    sync->add_flag("--full", options.pass.full, "read the whole province, not only what changed");
    sync->add_flag("--first-run", options.pass.firstRun, "the ledger is empty, and that is as it should be");
    sync->add_flag("--dry-run", options.pass.dryRun, "say what would be done; queue nothing");
    sync->add_option("--limit", options.pass.limit, "look at no more than N certificates")->check(CLI::PositiveNumber);
    sync->add_option("--accept", options.pass.accept, "let up to N steps past the fuse")->check(CLI::PositiveNumber);
    sync->add_option("--wait", wait, "go on while something becomes due within this time (90, 5m, 2h)")
        ->check([](const std::string& text) { return durationOf(text) ? "" : "a time as 90, 90s, 5m or 2h"; });
}

void declareReading(CLI::App& app, Options& options) {
    auto* reconcile = app.add_subcommand("reconcile", "compare both sides once and write the reports");
    reconcile->add_option("--against", options.against, "what the province is compared with")
        ->check(CLI::IsMember({"exchange", "ledger", "sample"}));
    reconcile->add_option("--calls", options.sample.calls, "with --against sample: calls at the most")
        ->check(CLI::Range(10, 1'000'000));
    reconcile
        ->add_option("--target", options.sample.target,
                     "with --against sample: the share of disagreeing certificates to rule out")
        ->check(CLI::Range(0.0001, 0.5));
    reconcile->add_flag("--repair", options.repair,
                        "queue the next step of every difference that the gateway can repair");
    reconcile->add_option("--only", options.numbers, "with --repair: of these certificates alone");
    auto* report = app.add_subcommand("report", "reports of earlier runs");
    report->require_subcommand(1);
    report->add_subcommand("list", "the runs");
    auto* show = report->add_subcommand("show", "one run's findings as a table");
    constexpr const char* kRun = "the run; the last that ended well when left out";
    show->add_option("id", options.run, kRun);
    auto* exported = report->add_subcommand("export", "one run's report as a file");
    exported->add_option("id", options.run, kRun);
    exported->add_option("--format", options.format, "html, xlsx, csv or json")
        ->check(CLI::IsMember({"html", "xlsx", "csv", "json"}));
    exported->add_option("-o,--output", options.file, "the file to write; standard output when left out");
    exported->add_option("--per-city", options.perCity,
                         "a folder to make, with all formats for each city authority and its rows alone");
    exported->add_flag("--unmask", options.unmask, "identity numbers in full; who, when and why is recorded");
    exported->add_option("--reason", options.reason, "why they are needed, for the audit")->check(blankProblem);
    auto* sealed = report->add_subcommand("verify", "whether a folder of reports is as it was written");
    sealed->add_option("directory", options.directory, "the folder")->required();
    auto* blocked = app.add_subcommand("blocked", "certificates that need a person");
    blocked->require_subcommand(1);
    auto* list = blocked->add_subcommand("list", "all, or one city's");
    list->add_option("--city", options.city, "the authority's id");
    list->add_flag("--all", options.all, "dismissed ones too");
    auto* dismiss = blocked->add_subcommand("dismiss", "no longer shown until something changes");
    dismiss->add_option("number", options.numbers, "certificate numbers")->required();
    dismiss->add_option("--reason", options.reason, "why")->required()->check(blankProblem);
    auto* explained = app.add_subcommand("explain", "one certificate: source row, mapped record, ledger, next step");
    explained->add_option("number", options.numbers, "certificate number")->expected(0, 1);
    explained->add_flag("--holder", options.holder, "reads an identity number from standard input instead");
    auto* evidence = app.add_subcommand("evidence", "the chain of what was sent");
    evidence->require_subcommand(1);
    auto* verify = evidence->add_subcommand("verify", "whether every entry follows from the one before");
    verify->add_option("--head", options.head, "a head printed earlier, which must occur");
    auto* folder = evidence->add_subcommand("export", "one certificate's evidence, to be checked with openssl alone");
    folder->add_option("number", options.numbers, "certificate number")->required()->expected(1);
    folder->add_option("--to", options.to, "the folder to make; by default evidence-NUMBER here");
}

std::vector<std::string> kindWords() {
    std::vector<std::string> words;
    for (const FindingKind kind : kFindingKinds) words.emplace_back(word(kind));
    return words;
}

void declareFindings(CLI::App& app, Options& options) {
    auto* finding = app.add_subcommand("finding", "what reconciliation found, and what becomes of it");
    finding->require_subcommand(1);
    auto* list = finding->add_subcommand("list", "open ones, with their deadlines");
    list->add_option("--city", options.city, "the authority's id");
    list->add_option("--stage", options.stage, "open, acknowledged, assigned, repairing or accepted")
        ->check(CLI::IsMember({"open", "acknowledged", "assigned", "repairing", "accepted"}));
    list->add_option("--kind", options.kind, "of one class, e.g. state_mismatch")->check(CLI::IsMember(kindWords()));
    list->add_flag("--overdue", options.overdue, "past their deadline alone");
    constexpr const char* kNumber =
        "certificate number, or what finding list shows for one; - reads it from standard input";
    auto* history = finding->add_subcommand("history", "all that happened to a certificate's findings");
    history->add_option("number", options.numbers, kNumber)->required()->expected(1);
    const auto speaking = [&](const char* name, const char* what) {
        auto* word = finding->add_subcommand(name, what);
        word->add_option("number", options.numbers, kNumber)->required()->expected(1);
        word->add_option("--kind", options.kind, "of this class alone; else all of the certificate")
            ->check(CLI::IsMember(kindWords()));
        word->add_option("--field", options.field, "with --kind: of this field");
        word->add_option("--by", options.by, "who says so; by default who runs the program")->check(blankProblem);
        return word;
    };
    speaking("acknowledge", "somebody knows of it")->add_option("--reason", options.reason, "what is known");
    auto* assign = speaking("assign", "an authority is to deal with it");
    assign->add_option("--to", options.to, "the authority's id")->required();
    assign->add_option("--reason", options.reason, "what is to be done");
    auto* accept = speaking("accept", "it may stay as it is until a day");
    accept->add_option("--until", options.until, "yyyy-MM-dd, that day included")->required();
    accept->add_option("--reason", options.reason, "why")->required()->check(blankProblem);
    speaking("reopen", "takes such a word back")->add_option("--reason", options.reason, "why");
}

void declareAnswers(CLI::App& app, Options& options) {
    auto* verify = app.add_subcommand("verify", "one certificate: what the province, our ledger and the platform say");
    verify->add_option("number", options.numbers, "certificate number")->required()->expected(1);
    auto* looked =
        verify->add_option("--looked", options.looked, "records what a look by hand showed")->check(blankProblem);
    auto* by = verify->add_option("--by", options.by, "who looked");
    looked->needs(by);
    by->needs(looked);
    verify->add_option("--statement", options.statement, "writes the statement of one page (HTML) to this file");
    auto* lookup = app.add_subcommand("lookup", "many certificates: the state of each, the reason, what helps");
    lookup
        ->add_option("--file", options.numbersFile, "lines of numbers, or names with the last 4 to 6 of their identity")
        ->required();
    lookup->add_option("-o,--output", options.outputFile, "the CSV file to write; by default standard output");
    auto* brief = app.add_subcommand("brief", "the figures of a day, a week or a month");
    auto* period = brief->add_option_group("period");
    period->require_option(1);
    for (const char* kind : {"daily", "weekly", "monthly"}) {
        period->add_flag_callback(
            std::string("--") + kind, [&options, kind] { options.briefKind = kind; }, "of that period");
    }
    brief->add_option("--date", options.date, "a day of the period, yyyy-MM-dd; by default today");
    brief->add_option("-o,--output", options.outputFile,
                      "the file to write: text, HTML, or a workbook when it ends in .xlsx");
}

/// A file's ending says what it holds: none, or that of the format.
bool endsOtherwise(const Options& options) {
    if (options.command != "brief") return false;
    const std::string ending = upper(std::filesystem::path(options.outputFile).extension().string());
    if (ending.empty()) return false;
    return options.briefKind == "daily" ? ending != ".TXT" : ending != ".HTML" && ending != ".HTM" && ending != ".XLSX";
}

/// What does not go together on the command line, and the remedy.
std::vector<Label> contradictions(const Options& options) {
    struct Rule {
        bool broken;
        Label message;
    };
    const auto rules = std::to_array<Rule>({
        {options.against == "sample" && options.repair,
         {"reconcile：抽样不作修复，请去掉 --repair，或对抽出的证书执行 resync",
          "reconcile: a sample repairs nothing; leave --repair out, or resync the certificates it names"}},
        {options.unmask && options.reason.empty(),
         {"report export：--unmask 须同时给出 --reason 理由，记入审计",
          "report export: --unmask wants --reason TEXT, which goes to the audit"}},
        {!options.perCity.empty() && !options.file.empty(),
         {"report export：-o 写一个文件，--per-city 写一个目录，只能给出其一",
          "report export: -o FILE is for one file, --per-city DIRECTORY for a folder; give one of them"}},
        {options.format == "xlsx" && options.file.empty() && options.perCity.empty(),
         {"report export：工作簿不是文本，请用 -o 指定文件",
          "report export: a workbook is no text; name its file with -o FILE"}},
        {options.command == "resync" && options.numbers.empty() == options.numbersFile.empty(),
         {"resync：请给出证书编号，或用 --file 给出清单", "resync: give certificate numbers, or --file"}},
        {options.command == "reconcile" && !options.numbers.empty() && !options.repair,
         {"reconcile：--only 选定 --repair 修复哪些证书，请一并给出 --repair",
          "reconcile: --only chooses what --repair repairs; give both"}},
        {options.command == "finding" && !options.field.empty() && options.kind.empty(),
         {"finding：--field 从属于 --kind，请一并给出 --kind", "finding: --field belongs to a --kind; give both"}},
        {options.command == "explain" && options.numbers.empty() != options.holder,
         {"explain：请给出一个证书编号，或用 --holder 从标准输入读取证件号码",
          "explain: give one certificate number, or --holder with an identity number on standard input"}},
        {endsOtherwise(options),
         {"brief：-o 的扩展名与内容不符：日报为 .txt，周报、月报为 .html 或 .xlsx",
          "brief: -o: the ending must be the format's: .txt of a day, .html or .xlsx of a week or a month"}},
    });
    std::vector<Label> found;
    for (const Rule& rule : rules) {
        if (rule.broken) found.push_back(rule.message);
    }
    return found;
}

}  // namespace

Parsed parseOptions(int argc, const char* const* argv) {
    Parsed parsed;
    Options& options = parsed.options;
    CLI::App app{"Lianzheng (联证): keeps a province's certificates and the national platform in step", "lianzheng"};
    app.set_version_flag("--version", LIANZHENG_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    std::string configuration = options.configuration.string();
    std::vector<std::string> defines;
    std::string language = "zh";
    std::string wait;
    app.add_option("-c,--config", configuration, "configuration file");
    app.add_option("--define", defines, "key=value instead of the file's; not for secrets")->check(defineProblem);
    app.add_option("--lang", language, "zh or en")->check(CLI::IsMember({"zh", "en", "zh-CN"}));
    app.add_flag("--json", options.json, "one JSON object instead of text");

    app.add_subcommand("serve", "daemon: schedule and health");
    declareSync(app, options, wait);
    auto* resync = app.add_subcommand("resync", "chosen certificates, now: read both sides again, plan, push");
    resync->add_option("number", options.numbers, "certificate numbers");
    resync->add_option("--file", options.numbersFile, "a file with one number a line");
    resync->add_option("--reason", options.reason, "why, for the audit")->required()->check(blankProblem);
    resync->add_flag("--force", options.force,
                     "send again though it was refused, or nobody knows whether it was accepted");
    auto* adopt = app.add_subcommand("adopt", "take over what was pushed before");
    adopt->add_option("--from", options.from, "exchange (the platform's view) or province (what its rows remember)")
        ->required()
        ->check(CLI::IsMember({"exchange", "province"}));
    declareReading(app, options);
    declareFindings(app, options);
    declareAnswers(app, options);
    app.add_subcommand("status", "counts, lag, queue");
    auto* check = app.add_subcommand("check", "configuration, mapping, databases, keys, certificates, login, clocks");
    check->add_flag("--explain-signature", options.explainSignature,
                    "what every envelope does to one request, step by step, secrets masked");
    auto* pause = app.add_subcommand("pause", "send nothing until resume; durable");
    pause->add_option("--reason", options.reason, "why");
    app.add_subcommand("resume", "go on after pause");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        parsed.exitCode = code == 0 ? 0 : 2;
        return parsed;
    }
    const CLI::App* command = app.get_subcommands().front();
    options.command = command->get_name();
    if (!command->get_subcommands().empty()) options.subcommand = command->get_subcommands().front()->get_name();
    options.configuration = configuration;
    options.english = language == "en";
    // What people write is kept and shown again.
    for (std::string* const text : {&options.reason, &options.by, &options.looked}) *text = withoutIdentities(*text);
    if (!wait.empty()) options.pass.wait = *durationOf(wait);
    for (const std::string& define : defines) {
        const std::size_t equals = define.find('=');
        options.defines.push_back({define.substr(0, equals), define.substr(equals + 1)});
    }
    for (const Label& message : contradictions(options)) {
        fmt::print(stderr, "{}\n", message.in(options.english ? Language::English : Language::Chinese));
        parsed.exitCode = 2;
    }
    return parsed;
}

}  // namespace lianzheng
