#include "adapters/http/fetch.h"

#include <algorithm>
#include <new>
#include <utility>

#include <curl/curl.h>

namespace lianzheng {

namespace {

constexpr const char* kWhere = "http.get";
constexpr long kRedirects = 3;

/// What a write callback fills.
struct Receiving {
    Fetched answer;
    std::size_t maxBytes = 0;
};

std::size_t onWrite(char* bytes, std::size_t size, std::size_t count, void* to) {
    auto& receiving = *static_cast<Receiving*>(to);
    const std::size_t portion = size * count;
    const std::size_t room = receiving.maxBytes - receiving.answer.body.size();
    receiving.answer.body.append(bytes, std::min(portion, room));
    if (portion <= room) return portion;
    receiving.answer.cut = true;
    return 0;  // ends the transfer
}

const char* codeOf(CURLcode code, long status) {
    if (status >= 300 && status < 400) return "redirect";  // one that is not followed
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return "timeout";
        case CURLE_COULDNT_CONNECT:
        case CURLE_COULDNT_RESOLVE_HOST:
            return "not_connected";
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
            return "tls";
        default:
            return "broken";
    }
}

}  // namespace

struct HttpFetch::Handle {
    Handle() : easy(curl_easy_init()) {
        if (easy == nullptr) throw std::bad_alloc();
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { curl_easy_cleanup(easy); }
    CURL* easy;
};

HttpFetch::HttpFetch(FetchSettings settings) : settings_(std::move(settings)) {
    static const CURLcode kInitialised = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (kInitialised != CURLE_OK) throw std::bad_alloc();
    handle_ = std::make_unique<Handle>();
    CURL* const easy = handle_->easy;
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, kRedirects);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings_.connectTimeout.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(settings_.timeout.count()));
    // An empty text is "no proxy", null would be the environment's.
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!settings_.caFile.empty()) {
        // Only this file: the system's directory would otherwise be trusted beside it.
        curl_easy_setopt(easy, CURLOPT_CAINFO, settings_.caFile.c_str());
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
    }
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &onWrite);
}

HttpFetch::~HttpFetch() = default;

Result<Fetched> HttpFetch::get(const std::string& url) {
    const bool secure = url.starts_with("https://");
    if (!secure && !url.starts_with("http://")) return failed(Fault::Rejected, kWhere, "url");
    CURL* const easy = handle_->easy;
    Receiving receiving{.answer = {}, .maxBytes = settings_.maxBytes};
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, secure ? "https" : "http,https");
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &receiving);
    const CURLcode ended = curl_easy_perform(easy);
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (ended == CURLE_URL_MALFORMAT) return failed(Fault::Rejected, kWhere, "url");
    if (ended != CURLE_OK && !(ended == CURLE_WRITE_ERROR && receiving.answer.cut)) {
        return failed(Fault::Unavailable, kWhere, codeOf(ended, status));
    }
    receiving.answer.status = static_cast<int>(status);
    return std::move(receiving.answer);
}

}  // namespace lianzheng
