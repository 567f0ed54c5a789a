#include "gateway/service/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/service/ceiling_settings.h"
#include "gateway/service/settings_reader.h"

namespace lianzheng {
namespace {

void readProvince(SettingsReader& in, Settings& out) {
    in.databaseUrl("province.url", true, out.province.address.url);
    in.readableFile("province.password.file", out.province.address.passwordFile);
    std::string mapping;
    in.path("province.mapping", mapping);
    if (mapping.empty())
        in.problem("province.mapping", "is missing: the path of the mapping, e.g. mappings/anguan.yaml");
    out.mappingFile = mapping;
    in.count("province.rows.per.second", 0, 10'000'000, out.province.rowsPerSecond);
    in.duration("province.statement.timeout.ms", 0, 3'600'000, out.province.address.statementTimeout);
    FetchSettings& photos = out.province.photos;
    in.duration("province.photo.timeout.ms", 1, 60'000, photos.timeout);
    photos.connectTimeout = std::min(photos.connectTimeout, photos.timeout);
    in.path("province.photo.tls.ca.file", photos.caFile);
    using Target = SourceSettings::WriteBackTarget;
    if (const auto target = in.oneOf("writeback.target", {"none", "table", "columns"})) {
        out.province.writeBack = static_cast<Target>(*target);
    }
    in.text("writeback.table", out.province.writeBackTable);
    auto& columns = out.province.writeBackColumns;
    in.text("writeback.column.key", columns.keyColumn);
    in.text("writeback.column.code", columns.codeId);
    in.text("writeback.column.identifier", columns.zzeCertId);
    in.text("writeback.column.state", columns.state);
    in.text("writeback.column.pushed", columns.pushedAt);
    if (out.province.writeBack == Target::Columns && columns.keyColumn.empty()) {
        in.problem("writeback.column.key", "is needed with writeback.target = columns");
    }
}

void readStore(SettingsReader& in, Settings& out) {
    in.databaseUrl("store.url", true, out.store.url);
    in.readableFile("store.password.file", out.store.passwordFile);
    in.duration("store.attempts.keep.days", 1, 36'500, out.keepAttempts);
    in.duration("store.findings.keep.days", 1, 36'500, out.keepFindings);
}

void readSeal(SettingsReader& in, Settings& out) {
    SealSettings& seal = out.seal;
    if (const auto word = in.oneOf("evidence.seal", {"none", "sm2", "hmac-sm3"}); word && *word != 0) {
        seal.method = *word == 1 ? SealMethod::Sm2 : SealMethod::HmacSm3;
    }
    in.secretFile("evidence.seal.key.file", seal.method.has_value(), seal.key);
    in.count("evidence.seal.every", 1, 1'000'000, seal.every);
    in.secretFiles("evidence.seal.former.key.file", seal.former);
    if (seal.method && !seal.key.empty()) {
        const auto key = sealKeyOf(seal.key);
        if (!key || key->method() != *seal.method || !key->canSeal()) {
            in.problem("evidence.seal.key.file", *seal.method == SealMethod::Sm2
                                                     ? "names a file that is not a private key on the SM2 curve in PEM"
                                                     : "names a PEM file; evidence.seal = hmac-sm3 wants a secret");
        }
    }
    for (const std::string& former : seal.former) {
        if (!sealKeyOf(former))
            in.problem("evidence.seal.former.key.file", "names a PEM file that is no key on the SM2 curve");
    }
}

void readNational(SettingsReader& in, Settings& out) {
    RestPlatformSettings& national = out.national;
    in.required("national.base", national.base);
    while (national.base.ends_with('/')) national.base.pop_back();
    if (!national.base.empty() && !national.base.starts_with("http://") && !national.base.starts_with("https://")) {
        in.problem("national.base", "must begin with https:// or http://");
    }
    for (auto& [operation, path] : in.family("national.path.")) {
        static const std::vector<std::string> kKnown{"token",    "check", "assign",   "collect", "update",
                                                     "identity", "query", "query_in", "employer"};
        if (std::find(kKnown.begin(), kKnown.end(), operation) == kKnown.end()) {
            in.problem(
                "national.path." + operation,
                "names no operation: token, check, assign, collect, update, identity, query, query_in, employer");
        } else if (!path.starts_with('/')) {
            in.problem("national.path." + operation, "must begin with /");
        } else {
            national.paths[operation] = path;
        }
    }
    in.required("national.client.id", national.clientId);
    in.secretFile("national.client.secret.file", true, national.clientSecret);
    in.secretFile("national.code.key.file", true, national.codeKeyPem);
    in.readableFile("national.tls.ca.file", national.caFile);
    in.readableFile("national.tls.certificate.file", national.clientCertificateFile);
    in.readableFile("national.tls.key.file", national.clientKeyFile);
    in.flag("national.tls.verify", national.verifyTls);
    in.text("national.proxy", national.proxy);
    in.duration("national.connect.timeout.ms", 1, 600'000, national.connectTimeout);
    in.duration("national.timeout.ms", 1, 600'000, national.timeout);
    in.count("national.reply.max.bytes", 1024, 1LL << 30, national.maxReplyBytes);
    if (const auto mode = in.oneOf("platform.readback", {"query", "none"})) out.sync.readBack = *mode == 0;
}

void readExchange(SettingsReader& in, Settings& out) {
    in.databaseUrl("exchange.url", false, out.exchange.address.url);
    in.readableFile("exchange.password.file", out.exchange.address.passwordFile);
    in.path("exchange.file", out.exchange.file);
    in.text("exchange.table", out.exchange.table);
    in.path("exchange.scratch", out.exchange.scratchDirectory);
    out.exchangeAsOf = in.instant("exchange.as.of");
    out.exchange.address.readOnly = true;
    if (!out.exchange.address.url.empty() && !out.exchange.file.empty()) {
        in.problem("exchange.file", "stands beside exchange.url; keep one");
    }
    out.hasExchange = !out.exchange.address.url.empty() || !out.exchange.file.empty();
}

void readPolicy(SettingsReader& in, Settings& out) {
    Policy& policy = out.policy;
    if (const auto word = in.oneOf("policy.expired", {"cancel", "lapse"}))
        policy.expired = static_cast<Policy::Expired>(*word);
    in.duration("policy.renewal.grace.days", 0, 366, policy.renewalGrace);
    if (const auto word = in.oneOf("policy.adopted", {"keep", "push"})) policy.pushAdopted = *word == 1;
    if (const auto word = in.oneOf("policy.rules", {"judge", "leave"})) out.sync.judgeRules = *word == 0;
    if (const auto word = in.oneOf("policy.check", {"never", "new", "always"}))
        out.sync.check = static_cast<SyncSettings::Check>(*word);
    in.flag("policy.supersede.uncollected", policy.supersedeUncollected);
    in.flag("policy.revive.expired", policy.reviveOwnExpiry);
    in.duration("policy.licence.poll.minutes", 1, 10'080, policy.licencePoll);
    in.text("policy.province", policy.provinceCharacter);
    std::string since;
    in.text("policy.push_since", since);
    if (!since.empty()) {
        policy.pushSince = Date::parse(since);
        if (!policy.pushSince) in.problem("policy.push_since", "must be a day as yyyy-MM-dd");
    }
}

/// The largest batch is unpublished: nobody is asked to bear more than one item unless the configuration says so.
void readBatchSizes(SettingsReader& in, BatchSizes& sizes) {
    constexpr std::int64_t kMost = 1000;
    std::size_t every = 1;
    in.count("batch.max", 1, kMost, every);
    sizes = {every, every, every, every};
    in.count("batch.max.assign", 1, kMost, sizes.assign);
    in.count("batch.max.collect", 1, kMost, sizes.collect);
    in.count("batch.max.update", 1, kMost, sizes.update);
    in.count("batch.max.identity", 1, kMost, sizes.identity);
}

void readSync(SettingsReader& in, Settings& out) {
    SyncSettings& sync = out.sync;
    in.count("fuse.terminal", 0, 100'000'000, sync.fuse.terminal);
    in.real("fuse.mass", 0, 1, sync.fuse.massShare);
    in.count("fuse.mass.least", 0, 100'000'000, sync.fuse.massAtLeast);
    in.real("fuse.lost", 0, 1, sync.fuse.lostShare);
    in.duration("push.retry.base.ms", 1, 86'400'000, sync.retry.base);
    in.duration("push.retry.cap.ms", 1, 86'400'000, sync.retry.cap);
    in.count("push.retry.attempts", 1, 1000, sync.retry.maxAttempts);
    in.count("push.concurrency", 1, 1024, sync.concurrency);
    out.national.connections = sync.concurrency;
    readBatchSizes(in, sync.batches);
    in.count("push.signing.threads", 1, 64, out.national.signingThreads);
    in.real("push.rate.ceiling", 0, 1'000'000, sync.rateCeiling);
    in.real("push.retry.share", 0, 1, sync.retryShare);
    readCeilings(in, sync.ceilings);
    sync.credential = out.national.clientId;
    in.duration("scan.horizon.seconds", 0, 86'400, sync.horizon);
    in.duration("scan.overlap.seconds", 0, 604'800, sync.overlap);
    in.count("scan.overlap.rows", 2000, 100'000'000, sync.overlapRows);
    in.duration("blocked.review.hours", 1, 8760, sync.blockedReview);
}

void readService(SettingsReader& in, Settings& out) {
    std::string address = "127.0.0.1:8080";
    in.text("http.address", address);
    const std::size_t colon = address.rfind(':');
    int port = -1;
    if (colon != std::string::npos) {
        const char* const begin = address.data() + colon + 1;
        const char* const end = address.data() + address.size();
        if (std::from_chars(begin, end, port).ptr != end) port = -1;
    }
    if (port < 0 || port > 65535 || colon == 0) {
        in.problem("http.address", "must be HOST:PORT, e.g. 127.0.0.1:8080");
    } else {
        out.httpHost = address.substr(0, colon);
        out.httpPort = port;
    }
    in.duration("schedule.sync.seconds", 1, 86'400, out.syncEvery);
    if (const auto at = in.timeOfDay("schedule.full.at")) out.fullAt = DailyAt{*at};
    if (const auto at = in.timeOfDay("schedule.reconcile.at")) out.reconcileAt = DailyAt{*at};
    in.flag("reconcile.transfers", out.askTransfers);
    std::string ranges;
    in.path("reconcile.ranges", ranges);
    out.ranges = ranges;
    in.text("province.number", out.provinceNum);
    if (out.provinceNum.size() != 6 || out.provinceNum.find_first_not_of("0123456789") != std::string::npos) {
        in.problem("province.number", "must be the six digits of provinceNum, e.g. 370000");
    }
    in.count("finding.deadline.workdays", 1, 250, out.findingWorkdays);
    in.text("verify.link", out.verifyLink);
    in.count("brief.closing.workdays", 1, 250, out.closingWorkdays);
    std::string reports = "reports";
    in.path("report.directory", reports);
    out.reports = reports;
    static const std::vector<std::string> kLevels{"error", "warning", "information", "debug"};
    if (const auto level = in.oneOf("log.level", kLevels)) out.logLevel = kLevels[*level];
    in.path("log.file", out.logFile);
}

/// 特种作业 has no queries, and its view in an exchange database is not described.
void refuseWhatTezhongLacks(SettingsReader& in, Settings& settings) {
    if (settings.type != CertificateType::Tezhong) return;
    const auto refuse = [&](std::string_view key) { in.problem(key, "is not there with certificate.type = tezhong"); };
    if (in.has("platform.readback") && settings.sync.readBack) refuse("platform.readback");
    if (in.has("reconcile.transfers") && settings.askTransfers) refuse("reconcile.transfers");
    if (!settings.exchange.address.url.empty()) refuse("exchange.url");
    if (!settings.exchange.file.empty()) refuse("exchange.file");
    for (const char* call : {"query", "query_in"}) {
        if (settings.national.paths.contains(call)) refuse("national.path." + std::string(call));
    }
    settings.sync.readBack = false;
    settings.askTransfers = false;
}

Settings readAll(SettingsReader& in) {
    Settings settings;
    if (const auto type = in.oneOf("certificate.type", {"anguan", "tezhong"})) {
        settings.type = static_cast<CertificateType>(*type);
    }
    settings.national.type = settings.policy.type = settings.sync.type = settings.type;
    readProvince(in, settings);
    readStore(in, settings);
    readSeal(in, settings);
    readNational(in, settings);
    settings.envelopes = readEnvelopes(in);
    in.flag("envelope.token", settings.national.sealLogin);
    readExchange(in, settings);
    readPolicy(in, settings);
    readSync(in, settings);
    readService(in, settings);
    refuseWhatTezhongLacks(in, settings);
    return settings;
}

}  // namespace

Result<SealKey> sealKeyOf(const std::string& content) {
    if (content.find("-----BEGIN") != std::string::npos) return SealKey::sm2(content);
    return SealKey::hmacSm3(content);
}

Loaded<Settings> loadSettings(const std::filesystem::path& file, const std::vector<Define>& defines) {
    auto properties = readProperties(file);
    if (!properties) return tl::unexpected(properties.error());
    FileProblems problems;
    for (const Define& define : defines) {
        const bool secret =
            define.key.find("secret") != std::string::npos || define.key.find("password") != std::string::npos;
        if (secret && !define.key.ends_with(".file")) {
            problems.push_back(
                {"--define", 0, fmt::format("`{}`: secrets come from files, never from the command line", define.key)});
        }
        (*properties)[define.key] = Property{define.value, 0, "--define"};
    }
    SettingsReader reader(std::move(*properties), std::filesystem::absolute(file).parent_path());
    Settings settings = readAll(reader);
    for (FileProblem& problem : reader.finish(file.string())) problems.push_back(std::move(problem));
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    return settings;
}

std::vector<std::string> settingKeys() {
    SettingsReader reader({}, {});
    readAll(reader);
    std::vector<std::string> keys(reader.asked().begin(), reader.asked().end());
    keys.emplace_back("national.path.*");
    return keys;
}

}  // namespace lianzheng
