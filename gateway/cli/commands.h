#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "gateway/cli/options.h"
#include "gateway/cli/output.h"
#include "gateway/reporting/report_input.h"
#include "gateway/service/composition.h"

namespace lianzheng {

/// What every command is given. `stop` is requested by a signal.
struct CommandContext {
    const Options& options;
    Composition& parts;
    std::stop_token stop;
};

Output syncCommand(const CommandContext& context);
Output resyncCommand(const CommandContext& context);
Output adoptCommand(const CommandContext& context);
Output reconcileCommand(const CommandContext& context);
/// reconcile --against sample.
Output sampleCommand(const CommandContext& context);
Output reportCommand(const CommandContext& context);
/// report export: one file, or a folder for each city authority.
Output exportReport(const CommandContext& context, ReportInput input, Output output);
/// report verify: needs neither store nor platform.
Output reportVerify(const CommandContext& context);
Output blockedCommand(const CommandContext& context);
Output findingCommand(const CommandContext& context);
Output explainCommand(const CommandContext& context);
Output statusCommand(const CommandContext& context);
Output checkCommand(const CommandContext& context);
Output pauseCommand(const CommandContext& context);
Output resumeCommand(const CommandContext& context);
Output evidenceCommand(const CommandContext& context);
Output serveCommand(const CommandContext& context);
Output verifyCommand(const CommandContext& context);
Output lookupCommand(const CommandContext& context);
Output briefCommand(const CommandContext& context);

/// A certificate's number as the ledger has it, of whichever type the configuration is for; nothing when it is none.
std::optional<std::string> ledgerNumber(const CommandContext& context, std::string_view text);
/// What to say then of the argument or line it stood in: not the text, which may be an identity number.
std::string noNumber(const CommandContext& context, std::string_view where);

/// The account that the program runs under, for the audit.
std::string accountName();

/// Opens the store and becomes its pusher. False: another process is. On an error `output` says so.
std::optional<bool> becomePusher(const CommandContext& context, Output& output);

}  // namespace lianzheng
