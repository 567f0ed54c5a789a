#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/envelope/envelope.h"
#include "adapters/envelope/seal_key.h"
#include "gateway/service/envelope_settings.h"
#include "adapters/exchange/exchange_view.h"
#include "adapters/national/rest_platform.h"
#include "adapters/provincial/soci_source.h"
#include "adapters/sql/database.h"
#include "gateway/planner/plan.h"
#include "gateway/sync/parts.h"
#include "mappings/problem.h"

namespace lianzheng {

/// The hour of day of something done daily.
struct DailyAt {
    std::chrono::minutes sinceMidnight{};  ///< Asia/Shanghai
};

/// `evidence.seal.*`: keys as their files hold them, each found to be one.
struct SealSettings {
    std::optional<SealMethod> method;  ///< none: nothing is sealed
    std::string key;
    std::vector<std::string> former;  ///< of SM2 and HMAC, told apart by their form
    std::int64_t every = 1000;
};

/// The whole configuration, read strictly; every key is documented in config/lianzheng.properties.
/// Relative paths count from the configuration file's folder. Secrets are read from their files here, once.
struct Settings {
    CertificateType type = CertificateType::Anguan;
    std::filesystem::path mappingFile;
    SourceSettings province;
    DatabaseAddress store;
    std::chrono::days keepAttempts{400};
    std::chrono::days keepFindings{400};
    SealSettings seal;
    RestPlatformSettings national;
    std::vector<EnvelopeSettings> envelopes;  ///< the innermost first
    ExchangeSettings exchange;
    bool hasExchange = false;
    std::optional<TimePoint> exchangeAsOf{};  ///< when the platform's view was made, when somebody says so
    Policy policy;
    SyncSettings sync;
    std::string httpHost = "127.0.0.1";
    int httpPort = 8080;
    std::chrono::seconds syncEvery{300};
    std::optional<DailyAt> fullAt;
    std::optional<DailyAt> reconcileAt;
    int findingWorkdays = 10;      ///< by when a finding ought to be closed
    std::filesystem::path ranges;  ///< where reconciliation keeps what has not changed; empty: nowhere
    bool askTransfers = true;      ///< reconciliation asks what other provinces took in
    std::string provinceNum = "370000";
    int closingWorkdays = 5;  ///< by when what was decided ought to be closed
    std::string verifyLink;   ///< where people look a certificate up by hand; empty: not configured
    std::filesystem::path reports;
    std::string logLevel = "information";
    std::string logFile;  ///< empty: standard error
};

/// A `--define key=value` of the command line.
struct Define {
    std::string key;
    std::string value;
};

/// The key in a file's content: SM2 when it is PEM, HMAC-SM3 else. Error code `key` for a PEM that is no SM2 key.
Result<SealKey> sealKeyOf(const std::string& content);

/// Every problem at once: unknown and duplicate keys, values of the wrong form or out of range, unreadable files.
Loaded<Settings> loadSettings(const std::filesystem::path& file, const std::vector<Define>& defines);

/// All keys, for the test that each is documented.
std::vector<std::string> settingKeys();

}  // namespace lianzheng
