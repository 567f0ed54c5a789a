#include "tests/bench/verifying_server.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapters/envelope/digest.h"
#include "adapters/envelope/hex.h"
#include "adapters/envelope/sm3.h"
#include "tests/bench/sm2_opener.h"
#include "tests/support/run_time_keys.h"

namespace lianzheng::bench {
namespace {

constexpr std::size_t kReadBytes = 64U << 10U;

void demand(bool fine, const char* what) {
    if (!fine) throw std::runtime_error(what);
}

/// A header's value by its lower-case name; the head is searched without regard to case.
std::string_view header(std::string_view head, std::string_view name) {
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; };
    const auto at = std::search(head.begin(), head.end(), name.begin(), name.end(), same);
    if (at == head.end()) return {};
    std::string_view value = head.substr(static_cast<std::size_t>(at - head.begin()) + name.size());
    value = value.substr(0, value.find('\r'));
    while (value.starts_with(' ') || value.starts_with(':')) value.remove_prefix(1);
    return value;
}

struct Connection {
    int socket = -1;
    std::string in;
};

class Server {
public:
    Server(const Agreement& agreement, int listener)
        : agreement_(agreement),
          mac_(Hash::Sm3, agreement.hmacKey),
          sm2_(agreement.sm2PublicPem, agreement.sm4Key),
          listener_(listener),
          epoll_(epoll_create1(0)) {
        watch(listener_);
    }
    [[noreturn]] void run() {
        std::array<epoll_event, 64> events{};
        while (true) {
            const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
            for (int i = 0; i < count; ++i) {
                const int socket = events[static_cast<std::size_t>(i)].data.fd;
                socket == listener_ ? accept() : serve(connections_[socket]);
            }
        }
    }

private:
    void watch(int socket) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = socket;
        epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
    }
    void accept() {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
        if (socket < 0) return;
        const int on = 1;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connections_[socket].socket = socket;
        connections_[socket].in.clear();
        watch(socket);
    }
    void serve(Connection& connection) {
        const ssize_t got = recv(connection.socket, read_.data(), read_.size(), 0);
        if (got <= 0) {
            close(connection.socket);
            return;
        }
        connection.in.append(read_.data(), static_cast<std::size_t>(got));
        while (const std::size_t used = answer(connection)) connection.in.erase(0, used);
    }
    /// Answers the first whole request; how many bytes it was, 0 when it is not whole yet.
    std::size_t answer(const Connection& connection) {
        const std::string_view in = connection.in;
        const auto end = in.find("\r\n\r\n");
        if (end == std::string_view::npos) return 0;
        const std::string_view head = in.substr(0, end + 2);
        const std::string_view length = header(head, "\r\ncontent-length:");
        std::size_t size = 0;
        std::from_chars(length.data(), length.data() + length.size(), size);
        if (in.size() < end + 4 + size) return 0;
        const std::string reply = replyTo(head, in.substr(end + 4, size));
        send(connection.socket, reply.data(), reply.size(), MSG_NOSIGNAL);
        return end + 4 + size;
    }
    std::string replyTo(std::string_view head, std::string_view body) const {
        const auto target = head.find(' ') + 1;
        const std::string_view path = head.substr(target, head.find_first_of(" ?", target) - target);
        if (path.ends_with("/token")) {
            return whole("200 OK", R"({"custom":{"access_token":"token","expires_in":"7200"},"status":{"code":"1"}})");
        }
        if (body.starts_with(R"({"data":)")) {
            const auto opened = sm2_.open(body);
            return opened ? whole("200 OK", codesFor(*opened)) : whole("401 Unauthorized", "");
        }
        std::string message("POST\n");
        message.append(path).append("\n").append(header(head, "\r\nx-timestamp:")).append("\n");
        message.append(header(head, "\r\nx-nonce:")).append("\n").append(sm3Hex(body));
        if (lowerHex(mac_.of(message)) != header(head, "\r\nx-signature:")) return whole("401 Unauthorized", "");
        return whole("200 OK", codesFor(body));
    }
    /// One code for each item.
    [[nodiscard]] std::string codesFor(std::string_view business) const {
        constexpr std::string_view kName = R"("eCertID":")";
        std::string json = R"({"ReturnCode":"1","ReturnMsg":"","ReturnData":{"SuccessData":[)";
        for (auto at = business.find(kName); at != std::string_view::npos; at = business.find(kName, at + 1)) {
            if (json.back() == '}') json.push_back(',');
            json.append(R"({"eCertID":")").append(business.substr(at + kName.size(), 32));
            json.append(R"(","encryCertid":")").append(agreement_.encryCertid);
            json.append(R"(","encryKey":")").append(agreement_.encryKey).append(R"("})");
        }
        return json.append(R"(],"WarnData":[],"ErrorData":[]}})");
    }
    static std::string whole(std::string_view status, std::string_view body) {
        std::string text("HTTP/1.1 ");
        text.append(status).append("\r\nContent-Type: application/json\r\nContent-Length: ");
        return text.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    }

    const Agreement& agreement_;
    std::vector<char> read_ = std::vector<char>(kReadBytes);
    Hmac mac_;
    Sm2Opener sm2_;
    int listener_;
    int epoll_;
    std::unordered_map<int, Connection> connections_;
};

}  // namespace

Agreement Agreement::make() {
    // As small as the keys in the field are: what is measured is the pushing.
    const CodeKeyPair keys = CodeKeyPair::make(512);
    const SealedCode code = SealedCode::make(keys.publicPem, "k1234567", "37000020230000001");
    Agreement agreement;
    agreement.codeKeyPem = keys.privatePem;
    agreement.encryCertid = code.encryCertid;
    agreement.encryKey = code.encryKey;
    const Sm2KeyPair signer = Sm2KeyPair::make();
    agreement.sm2PrivatePem = signer.privatePem;
    agreement.sm2PublicPem = signer.publicPem;
    return agreement;
}

std::unique_ptr<Envelope> Agreement::envelope() const {
    if (signing == Signing::HmacSm3) return makeHmacEnvelope({.appId = appId, .key = hmacKey});
    return makeSm2Envelope({.appCode = appId, .key = sm4Key},
                           Sm2Signer::load(sm2PrivatePem, "1234567812345678").value());
}

VerifyingServer::VerifyingServer(const Agreement& agreement) {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    demand(listener >= 0 && bind(listener, generic, size) == 0 && listen(listener, 256) == 0, "cannot listen");
    demand(getsockname(listener, generic, &size) == 0, "no port");
    port_ = ntohs(address.sin_port);
    process_ = fork();
    demand(process_ >= 0, "cannot fork");
    if (process_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        Server(agreement, listener).run();
    }
    close(listener);
}

VerifyingServer::~VerifyingServer() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
}

}  // namespace lianzheng::bench
