#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/reconcile/sampler.h"
#include "gateway/service/settings.h"
#include "gateway/sync/pass.h"

namespace lianzheng {

/// The command line, understood. Fields that a command does not have stay as they are.
struct Options {
    std::string command;     ///< sync, resync, report …
    std::string subcommand;  ///< list, show, export, dismiss, verify
    std::filesystem::path configuration = "/etc/lianzheng/lianzheng.properties";
    std::vector<Define> defines;
    bool english = false;
    bool json = false;

    PassOptions pass;
    std::vector<std::string> numbers;  ///< resync, blocked dismiss; one for explain
    std::string numbersFile;
    std::string reason;
    bool force = false;
    std::string from;     ///< adopt
    std::string against;  ///< reconcile: exchange, ledger; empty: exchange when configured
    SampleSettings sample;
    bool repair = false;
    std::string kind;      ///< finding
    std::string field;     ///< finding
    std::string stage;     ///< finding list
    bool overdue = false;  ///< finding list
    std::string until;     ///< finding accept: yyyy-MM-dd
    std::string by;        ///< finding, verify: who says so; finding: empty: who runs the program
    std::int64_t run = 0;  ///< report
    std::string format = "html";
    std::string directory;  ///< report verify
    std::string perCity;    ///< report export: a folder for a package each
    bool unmask = false;    ///< report export
    std::string file;       ///< report export; empty: standard output
    std::string city;       ///< blocked list
    bool all = false;       ///< blocked list: dismissed ones too
    bool holder = false;
    std::string head;
    std::string to;                 ///< evidence export: a folder; finding assign: an authority's id
    bool explainSignature = false;  ///< check
    std::string looked;             ///< verify: what a person saw
    std::string briefKind;          ///< daily, weekly, monthly
    std::string date;               ///< brief: a day of the period; empty: today
    std::string outputFile;         ///< lookup, brief: empty: standard output
    std::string statement;          ///< verify: the file to write
};

/// What to do after parsing: run the command, or exit at once with `exitCode` (help and version printed, or usage
/// said).
struct Parsed {
    Options options;
    std::optional<int> exitCode;
};
Parsed parseOptions(int argc, const char* const* argv);

}  // namespace lianzheng
