#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "adapters/envelope/envelope.h"
#include "gateway/service/settings_reader.h"

namespace lianzheng {

/// The sm2 envelope with the key it signs with, which was found to be one.
struct Sm2EnvelopeSettings {
    Sm2Settings settings;
    std::string signingKeyPem;
    std::string userId = "1234567812345678";
    std::string certificateFile;  ///< that of the key, when there is one: its end is watched
};

/// One envelope as it is configured, its secrets read from their files.
using EnvelopeSettings = std::variant<HmacSettings, TifSettings, Sm4Settings, Sm2EnvelopeSettings>;

/// `envelope.*`: the envelopes in the order of `envelope.names`, the innermost first. What is wrong is noted in `in`.
std::vector<EnvelopeSettings> readEnvelopes(SettingsReader& in);

/// All of them as one; nothing is added when there are none.
std::unique_ptr<Envelope> makeEnvelope(const std::vector<EnvelopeSettings>& inOrder);

}  // namespace lianzheng
