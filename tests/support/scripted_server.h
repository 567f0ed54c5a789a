#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/run_time_keys.h"

namespace lianzheng {

/// What the server does to one request.
enum class Conduct : std::uint8_t {
    Answer,
    CloseBeforeReading,  ///< the body is not read, the connection is closed
    CloseAfterReading,   ///< the request is read whole, the connection is closed
    Truncate,            ///< half of the announced body, then the connection is closed
    AnswerTwice,         ///< the whole reply twice on the connection
    StallUntilReleased,  ///< answers after release()
    Garbage              ///< `body` as it is, instead of HTTP, then the connection is closed
};

struct ServerReply {
    int status = 200;
    std::string body{};
    std::map<std::string, std::string> headers{};
    Conduct conduct = Conduct::Answer;
    std::size_t flood = 0;  ///< the body is this many bytes of 'x' instead
};

struct SeenRequest {
    std::string method;
    std::string path;                            ///< without query
    std::string query;                           ///< as sent
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body{};
};

/// A real HTTP server on 127.0.0.1 that does as it is told; with TLS when it is given keys.
/// Threads: any. The script is called from the server's threads, one at a time, before the body has been read.
class ScriptedServer {
public:
    using Script = std::function<ServerReply(const SeenRequest&)>;
    struct Tls {
        std::filesystem::path certificate;
        std::filesystem::path key;
        bool demandsClientCertificate = false;  ///< one that `certificate` signed
    };

    explicit ScriptedServer(Script script);
    ScriptedServer(Script script, const Tls& tls);
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;
    ScriptedServer(ScriptedServer&&) = delete;
    ScriptedServer& operator=(ScriptedServer&&) = delete;
    ~ScriptedServer();

    /// http://127.0.0.1:port or https://…
    [[nodiscard]] std::string base() const;
    /// Every request so far; the ones that were closed before reading have no body.
    [[nodiscard]] std::vector<SeenRequest> seen() const;
    /// Waits until `count` requests have come.
    void waitFor(std::size_t count) const;
    /// Connections accepted so far.
    [[nodiscard]] std::size_t connections() const;
    /// New connections are closed as soon as they are accepted.
    void refuseConnections(bool refuse);
    /// Lets go of what is stalled now and later.
    void release();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace lianzheng
