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

Output syncCommand(CommandContext context);
Output resyncCommand(CommandContext context);
Output adoptCommand(CommandContext context);
Output reconcileCommand(CommandContext context);
/// reconcile --against sample.
Output sampleCommand(CommandContext context);
Output reportCommand(CommandContext context);
/// report export: one file, or a folder for each city authority.
Output exportReport(CommandContext context, ReportInput input, Output output);
/// report verify: needs neither store nor platform.
Output reportVerify(CommandContext context);
Output blockedCommand(CommandContext context);
Output findingCommand(CommandContext context);
Output explainCommand(CommandContext context);
Output statusCommand(CommandContext context);
Output checkCommand(CommandContext context);
Output pauseCommand(CommandContext context);
Output resumeCommand(CommandContext context);
Output evidenceCommand(CommandContext context);
Output serveCommand(CommandContext context);
Output verifyCommand(CommandContext context);
Output lookupCommand(CommandContext context);
Output briefCommand(CommandContext context);

/// A certificate's number as the ledger has it, of whichever type the configuration is for; nothing when it is none.
std::optional<std::string> ledgerNumber(CommandContext context, std::string_view text);
/// What to say then of the argument or line it stood in: not the text, which may be an identity number.
std::string noNumber(CommandContext context, std::string_view where);

/// The account that the program runs under, for the audit.
std::string accountName();

/// Opens the store and becomes its pusher. False: another process is. On an error `output` says so.
std::optional<bool> becomePusher(CommandContext context, Output& output);

}  // namespace lianzheng
