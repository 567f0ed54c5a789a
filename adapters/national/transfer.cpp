#include "adapters/national/transfer.h"

#include <new>
#include <utility>

namespace lianzheng {
namespace {

/// A reply's buffer of more than this is given back.
constexpr std::size_t kKeptReplyBytes = 256U << 10U;

void secure(CURL* easy, const RestPlatformSettings& settings) {
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, settings.verifyTls ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, settings.verifyTls ? 2L : 0L);
    if (!settings.caFile.empty()) {
        // Only this file: the system's directory would otherwise be trusted beside it.
        curl_easy_setopt(easy, CURLOPT_CAINFO, settings.caFile.c_str());
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    }
    if (!settings.clientCertificateFile.empty()) {
        curl_easy_setopt(easy, CURLOPT_SSLCERT, settings.clientCertificateFile.c_str());
    }
    if (!settings.clientKeyFile.empty()) curl_easy_setopt(easy, CURLOPT_SSLKEY, settings.clientKeyFile.c_str());
}

}  // namespace

Transfer::Transfer(const RestPlatformSettings& settings)
    : maxReplyBytes_(settings.maxReplyBytes), easy_(curl_easy_init()) {
    CURL* const easy = easy_.get();
    if (easy == nullptr) throw std::bad_alloc();
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connectTimeout.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.timeout.count()));
    // An empty text is "no proxy", null would be the environment's.
    curl_easy_setopt(easy, CURLOPT_PROXY, settings.proxy.c_str());
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    secure(easy, settings);
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Transfer::onRequest);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::onWrite);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
}

void Transfer::setHeaders(std::string_view contentType, const Headers& headers) {
    // No `Expect: 100-continue`: it costs a round trip for each large body.
    constexpr std::size_t kOwn = 3;
    lines_.resize(headers.size() + kOwn);
    lines_[0] = "Expect:";
    lines_[1] = "Accept: application/json";
    lines_[2].assign("Content-Type: ").append(contentType);
    for (std::size_t i = 0; i < headers.size(); ++i) {
        lines_[i + kOwn].assign(headers[i].first).append(": ").append(headers[i].second);
    }
    nodes_.resize(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        nodes_[i].data = lines_[i].data();
        nodes_[i].next = i + 1 < lines_.size() ? &nodes_[i + 1] : nullptr;
    }
}

void Transfer::prepare(const std::string& url, std::string_view body, void* owner) {
    begun_ = false;
    reply.clear();
    if (reply.capacity() > kKeptReplyBytes) reply.shrink_to_fit();
    CURL* const easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, nodes_.data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(easy, CURLOPT_PRIVATE, owner);
}

Exchange Transfer::exchange(CURLcode transport, bool writes) const {
    long status = 0;
    curl_off_t retryAfter = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy_.get(), CURLINFO_RETRY_AFTER, &retryAfter);
    Exchange ended{.transport = transport,
                   .status = static_cast<int>(status),
                   .begun = begun_,
                   .writes = writes,
                   .retryAfter = std::nullopt};
    if (retryAfter > 0) ended.retryAfter = std::chrono::seconds{retryAfter};
    return ended;
}

std::chrono::microseconds Transfer::elapsed() const {
    curl_off_t total = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_TOTAL_TIME_T, &total);
    return std::chrono::microseconds{total};
}

std::optional<std::chrono::seconds> Transfer::clockSkew(TimePoint now) const {
    curl_header* date = nullptr;
    if (curl_easy_header(easy_.get(), "Date", 0, CURLH_HEADER, -1, &date) != CURLHE_OK) return std::nullopt;
    const std::time_t theirs = curl_getdate(date->value, nullptr);
    if (theirs < 0) return std::nullopt;
    return std::chrono::seconds{theirs} - std::chrono::floor<std::chrono::seconds>(now).time_since_epoch();
}

int Transfer::onRequest(void* self, char* /*theirAddress*/, char* /*ourAddress*/, int /*theirPort*/, int /*ourPort*/) {
    // Called with a connection in hand, before the first byte; a second time means a silent repetition.
    auto& transfer = *static_cast<Transfer*>(self);
    return std::exchange(transfer.begun_, true) ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

std::size_t Transfer::onWrite(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t portion = size * count;
    if (transfer.reply.size() + portion > transfer.maxReplyBytes_) return 0;
    transfer.reply.append(bytes, portion);
    return portion;
}

}  // namespace lianzheng
