#pragma once

#include <fmt/format.h>

#include <string>

#include "gateway/cli/commands.h"

namespace lianzheng {

/// One text in the operator's language, with its values.
template <class... Values>
std::string said(const CommandContext& context, const char* chinese, const char* english, const Values&... values) {
    return fmt::format(fmt::runtime(context.options.english ? english : chinese), values...);
}

/// The outcome of one thing that `check` looked at.
void note(Output& output, const std::string& what, bool good, const std::string& text);
/// It could not be looked at.
void noteFailure(Output& output, const CommandContext& context, const std::string& what, const Error& error);

/// Keys, login, clock and read-back of the platform, and how long certificates are good.
void checkPlatform(const CommandContext& context, Output& output);
void checkCertificates(const CommandContext& context, Output& output);
/// check --explain-signature.
Output explainSignature(const CommandContext& context, Output output);

}  // namespace lianzheng
