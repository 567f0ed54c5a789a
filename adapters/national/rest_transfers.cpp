#include "adapters/national/rest_transfers.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "adapters/envelope/sm3.h"
#include "adapters/national/http_fault.h"

namespace lianzheng {
namespace {

/// National interface, section 2.
using Path = std::pair<std::string_view, std::string_view>;
constexpr std::array<Path, 9> kAnguanPaths{{
    {"token", "/epoint-soa-web/rest/oauth2/token"},
    {"assign", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_fm"},
    {"check", "/epoint-gateway/agrycheck/rest/agrycheckrest/Agry_Check"},
    {"collect", "/epoint-gateway/agryhj/rest/aqscglryrest/agry_gj"},
    {"update", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_update"},
    {"identity", "/epoint-gateway/agryfm/rest/agryrest/Agry_Change"},
    {"query", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_checkout"},
    {"employer", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_fmplbgdw"},
    {"query_in", "/epoint-gateway/agryfm/rest/aqscglryrest/agry_transferinquery"},
}};

/// The document cuts the middle of two of them short: assumed. There are no queries.
constexpr std::array<Path, 6> kTezhongPaths{{
    {"token", "/epoint-soa-web/rest/oauth2/token"},
    {"assign", "/epoint-gateway/tzryfm/rest/tzryzsrest/tzry_fm"},
    {"check", "/epoint-gateway/tzrycheck/rest/tzryzsrest/tzry_check"},
    {"collect", "/epoint-gateway/tzryhj/rest/tzryzsrest/tzry_gj"},
    {"update", "/epoint-gateway/tzryfm/rest/tzryzsrest/tzry_update"},
    {"identity", "/epoint-gateway/tzryfm/rest/tzryrest/Tzry_Change"},
}};

std::span<const Path> defaultPaths(CertificateType type) {
    if (type == CertificateType::Anguan) return kAnguanPaths;
    return kTezhongPaths;
}

/// Where the path begins in a URL that starts with `base`: a platform need not be at its host's root.
std::size_t pathBegins(std::string_view base) {
    const auto scheme = base.find("://");
    return std::min(base.find('/', scheme == std::string_view::npos ? 0 : scheme + 3), base.size());
}

std::string escaped(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    constexpr std::string_view kPlain = "-._~";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain || kPlain.find(c) != std::string_view::npos) {
            out.push_back(c);
        } else {
            out.append({'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]});
        }
    }
    return out;
}

}  // namespace

std::string pathOf(const RestPlatformSettings& settings, std::string_view operation) {
    std::string path = settings.base.substr(pathBegins(settings.base));
    const auto set = settings.paths.find(operation);
    if (set != settings.paths.end()) return path + set->second;
    const auto paths = defaultPaths(settings.type);
    const auto standard = std::ranges::find(paths, operation, &Path::first);
    return standard == paths.end() ? path : path.append(standard->second);
}

RestTransfers::RestTransfers(RestPlatformSettings settings, CodeKey codeKey, const Envelope& envelope, Clock& clock,
                             EventLog& log)
    : settings_(std::move(settings)),
      pathAt_(pathBegins(settings_.base)),
      codeKey_(std::move(codeKey)),
      envelope_(envelope),
      clock_(clock),
      log_(log),
      multi_(curl_multi_init()),
      login_(settings_),
      pool_(settings_.signingThreads, settings_.type, envelope, codeKey_, clock,
            [this] { curl_multi_wakeup(multi_.get()); }) {
    for (const auto& [operation, standard] : defaultPaths(settings_.type)) {
        settings_.paths.try_emplace(std::string(operation), standard);
    }
    settings_.connections = std::max<std::size_t>(settings_.connections, 1);
    loginUrl_ = settings_.base + path("token");
    loginBody_ = "client_id=" + escaped(settings_.clientId) + "&client_secret=" + escaped(settings_.clientSecret) +
                 "&grant_type=client_credentials";
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(settings_.connections + 1));
}

RestTransfers::~RestTransfers() {
    curl_multi_remove_handle(multi_.get(), login_.handle());
    for (const auto& call : calls_) curl_multi_remove_handle(multi_.get(), call->transfer.handle());
}

Call& RestTransfers::freshCall() {
    if (free_.empty()) {
        free_.push_back(calls_.emplace_back(std::make_unique<Call>(settings_)).get());
    }
    Call& call = *free_.back();
    free_.pop_back();
    return call;
}

void RestTransfers::begin(AskedCall asked) {
    Call& call = freshCall();
    call.completion = Completion{};
    call.completion.ticket = asked.ticket;
    call.completion.requestId = std::move(asked.requestId);
    call.request = std::move(asked.request);
    call.nonces = std::move(asked.nonces);
    call.repeated = false;
    if (!settings_.paths.contains(operationName(call.request))) {
        const std::string where = "national." + std::string(operationName(call.request));
        call.completion.outcome = failed(Fault::Rejected, where, "not_offered");
        return report(call);
    }
    waiting_.push_back(&call);
}

/// Gives what waits to the pool while there are connections and a token for it.
void RestTransfers::admit() {
    while (!waiting_.empty() && underWay_ < settings_.connections) {
        if (!keeper_.usable(clock_.now())) return beginLogin();
        Call& call = *waiting_.front();
        waiting_.pop_front();
        submit(call);
    }
}

void RestTransfers::submit(Call& call) {
    ++underWay_;
    const std::string& operationPath = path(operationName(call.request));
    if (call.tokenGeneration != keeper_.generation()) {
        call.token = keeper_.token();
        call.tokenGeneration = keeper_.generation();
    }
    call.url.assign(settings_.base).append(operationPath).append(tokenQuery_);
    call.sealing.method = "POST";
    call.sealing.path =
        std::string_view(call.url).substr(pathAt_, settings_.base.size() - pathAt_ + operationPath.size());
    call.sealing.token = call.token;
    call.sealing.nonce = std::move(call.nonces[call.repeated ? 1 : 0]);
    call.completion.outcome = Verdict{};
    pool_.seal(call);
}

void RestTransfers::beginLogin() {
    if (!keeper_.beginLogin()) return;
    if (const Status sealed = sealLogin(); !sealed) return endLogins(sealed.error(), 0);
    login_.prepare(loginUrl_, loginBody_, nullptr);
    curl_multi_add_handle(multi_.get(), login_.handle());
}

/// The headers of the next login. Its nonce is made of the waiting call's request id, which is fresh, and the count of
/// logins: one call may wait for several.
Status RestTransfers::sealLogin() {
    Sealing sealing;
    if (settings_.sealLogin) {
        sealing.method = "POST";
        sealing.path = std::string_view(loginUrl_).substr(pathAt_);
        sealing.now = clock_.now();
        const std::string count = std::to_string(++logins_);
        const std::string& request = waiting_.front()->completion.requestId;
        sealing.nonce = request.substr(0, request.size() - std::min(count.size(), request.size())) + count;
        sealing.body = loginBody_;
        if (Status sealed = envelope_.sealLogin(sealing); !sealed) return sealed;
    }
    login_.setHeaders("application/x-www-form-urlencoded", sealing.headers);
    return ok();
}

void RestTransfers::endLogin(CURLcode transport) {
    const Exchange exchange = login_.exchange(transport, false);
    Result<TokenGrant> grant = tl::unexpected<Error>(Error{});
    if (transport == CURLE_OK && (exchange.status == 400 || exchange.status == 401 || exchange.status == 403)) {
        grant = failed(Fault::Denied, "national.token", "http_" + std::to_string(exchange.status));
    } else if (auto error = faultOf(exchange, "national.token")) {
        grant = tl::unexpected<Error>(std::move(*error));
    } else {
        grant = decodeTokenReply(login_.reply);
    }
    // The secret token has no business in a buffer that lives on.
    login_.reply.clear();
    if (grant) {
        tokenQuery_ = "?access_token=" + escaped(grant->token);
        keeper_.granted(std::move(*grant), clock_.now());
        log_.debug("platform.logged_in", {});
        return admit();
    }
    endLogins(grant.error(), exchange.status);
}

/// Nobody who waits for the token gets one.
void RestTransfers::endLogins(const Error& error, int status) {
    keeper_.failed();
    log_.warning("platform.login_failed", {{"fault", word(error.fault)}, {"code", error.code}});
    for (Call* const call : std::exchange(waiting_, {})) {
        call->completion.outcome = tl::unexpected<Error>(error);
        call->completion.httpStatus = status;
        report(*call);
    }
}

void RestTransfers::send(Call& call) {
    if (!call.completion.outcome) {
        --underWay_;
        return report(call);
    }
    call.transfer.prepare(call.url, call.sealing.body, &call);
    curl_multi_add_handle(multi_.get(), call.transfer.handle());
}

void RestTransfers::endTransfer(Call& call, CURLcode transport) {
    --underWay_;
    const Exchange exchange = call.transfer.exchange(transport, writes(call.request));
    Completion& completion = call.completion;
    completion.httpStatus = exchange.status;
    completion.elapsed = call.transfer.elapsed();
    completion.clockSkew = call.transfer.clockSkew(clock_.now());
    auto error = faultOf(exchange, "national.");
    if (!error) return pool_.decode(call);
    error->where.append(operationName(call.request));
    if (!call.transfer.reply.empty()) completion.replyDigest = sm3Hex(call.transfer.reply);
    completion.outcome = tl::unexpected<Error>(std::move(*error));
    settle(call);
}

/// Denied may mean no more than an old token: once, a new login and the same call again.
void RestTransfers::settle(Call& call) {
    const bool denied = !call.completion.outcome && call.completion.outcome.error().fault == Fault::Denied;
    if (!denied || call.repeated) return report(call);
    call.repeated = true;
    keeper_.refused(call.tokenGeneration);
    call.completion.replyDigest.clear();
    waiting_.push_front(&call);
}

void RestTransfers::report(Call& call) {
    completions_.push_back(std::move(call.completion));
    call.request = QueryCertificate{};
    free_.push_back(&call);
}

void RestTransfers::work(std::vector<Completion>& ended) {
    admit();
    pool_.take(finished_);
    for (Call* const call : finished_.sealed) send(*call);
    for (Call* const call : finished_.decoded) settle(*call);
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    int left = 0;
    while (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        const CURLcode transport =
            message->data.result;  // NOLINT(cppcoreguidelines-pro-type-union-access): curl's form
        CURL* const easy = message->easy_handle;
        Call* call = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &call);
        curl_multi_remove_handle(multi_.get(), easy);
        call == nullptr ? endLogin(transport) : endTransfer(*call, transport);
    }
    admit();
    std::move(completions_.begin(), completions_.end(), std::back_inserter(ended));
    completions_.clear();
}

void RestTransfers::wait() {
    constexpr int kAtMostMilliseconds = 60'000;
    curl_multi_poll(multi_.get(), nullptr, 0, kAtMostMilliseconds, nullptr);
}

void RestTransfers::wake() { curl_multi_wakeup(multi_.get()); }

}  // namespace lianzheng
