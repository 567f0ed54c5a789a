#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "adapters/envelope/envelope.h"
#include "adapters/national/rest_platform.h"
#include "tests/support/run_time_keys.h"
#include "tests/support/scripted_server.h"

namespace lianzheng {

inline constexpr const char* kTokenPath = "/epoint-soa-web/rest/oauth2/token";
inline constexpr const char* kAssignPath = "/epoint-gateway/agryfm/rest/aqscglryrest/agry_fm";
inline constexpr const char* kECertId = "0123456789abcdef0123456789abcdef";

/// A time that a test sets.
class SetClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override { return now_; }
    void sleepUntil(TimePoint, const std::stop_token&) override {}
    void advance(std::chrono::milliseconds by) { now_ = now_.load() + by; }

private:
    std::atomic<TimePoint> now_ = TimePoint{std::chrono::milliseconds{1'772'330'584'005}};
};

/// Remembers every line, to look for what must not be in it.
class RememberingLog final : public EventLog {
public:
    void write(Level, std::string_view event, std::initializer_list<EventField> fields) override {
        std::string line(event);
        for (const EventField& field : fields) line.append(" ").append(field.name).append("=").append(field.text);
        lines.push_back(std::move(line));
    }
    std::vector<std::string> lines;
};

inline ServerReply tokenReply(const std::string& token) {
    return {.body = R"({"controls":[],"custom":{"access_token":")" + token +
                    R"(","refresh_token":"r","jsessionid":"j","expires_in":"7200"},"status":{"code":"1"}})"};
}

/// The real adapter against a real server. The server hands out tokens t1, t2, … and answers other calls with what
/// `replies` holds, the last one again and again.
class RestPlatformTest : public testing::Test {
protected:
    static AssignCode assign() {
        AssignCode call;
        call.eCertId = kECertId;
        call.operateType = OperateType::Issue;
        call.record[Field::CertNum] = "鲁建安B（2023）0000001";
        call.photo = "data:image/jpg;base64,QUJD";
        return call;
    }
    static UpdateState update() {
        UpdateState call;
        call.eCertId = kECertId;
        call.operateType = OperateType::Suspend;
        return call;
    }
    static QueryCertificate query() { return {.certNum = "鲁建安B（2023）0000001", .identityCard = {}}; }
    static ServerReply accepted() { return {.body = R"({"ReturnCode":"1","ReturnMsg":"操作成功","ReturnData":""})"}; }
    static ServerReply codeAssigned(const std::string& codeId) {
        const SealedCode sealed = SealedCode::make(keys().publicPem, "k1234567", codeId);
        return {.body = R"({"ReturnCode":"1","ReturnMsg":"","ReturnData":{"SuccessData":[{"eCertID":")" +
                        std::string(kECertId) + R"(","encryCertid":")" + sealed.encryCertid + R"(","encryKey":")" +
                        sealed.encryKey + R"("}],"WarnData":[],"ErrorData":[]}})"};
    }
    static const CodeKeyPair& keys() {
        static const CodeKeyPair pair = CodeKeyPair::make(512);
        return pair;
    }

    ServerReply answer(const SeenRequest& request) {
        if (request.path == kTokenPath) {
            ++logins_;
            if (!logins.empty()) return next(logins);
            return tokenReply("t" + std::to_string(logins_));
        }
        if (request.query == "access_token=" + refusedToken) return {.status = 401, .body = ""};
        return next(replies);
    }
    static ServerReply next(std::deque<ServerReply>& queue) {
        ServerReply reply = queue.empty() ? accepted() : queue.front();
        if (queue.size() > 1) queue.pop_front();
        return reply;
    }

    /// The server, started at its first use.
    ScriptedServer& server() {
        if (!server_) server_ = std::make_unique<ScriptedServer>([this](const SeenRequest& r) { return answer(r); });
        return *server_;
    }
    /// The platform, made at its first use with `settings` as they are then.
    Platform& platform() {
        if (platform_) return *platform_;
        if (settings.base.empty()) settings.base = server().base();
        settings.clientId = "province";
        settings.clientSecret = "s3cret&more";
        settings.codeKeyPem = keys().privatePem;
        auto made = makeRestPlatform(settings, *envelope, clock, random_, log);
        if (!made) throw std::runtime_error(made.error().code);
        platform_ = std::move(*made);
        return *platform_;
    }
    Completion call(Request request) { return callAndWait(platform(), std::move(request), {}); }
    /// Ends `count` calls.
    std::vector<Completion> collect(std::size_t count) {
        std::vector<Completion> all;
        while (all.size() < count) {
            for (Completion& one : platform().poll(std::chrono::seconds{1}, {})) all.push_back(std::move(one));
        }
        return all;
    }
    /// The calls without the logins.
    std::vector<SeenRequest> calls() {
        std::vector<SeenRequest> all;
        for (SeenRequest& request : server().seen()) {
            if (request.path != kTokenPath) all.push_back(std::move(request));
        }
        return all;
    }
    [[nodiscard]] int loginCount() { return static_cast<int>(server().seen().size() - calls().size()); }

    RestPlatformSettings settings;
    std::deque<ServerReply> replies;
    std::deque<ServerReply> logins;  ///< instead of tokens, when there are any
    std::string refusedToken;
    SetClock clock;
    RememberingLog log;
    std::unique_ptr<Envelope> envelope = makePlainEnvelope();

private:
    int logins_ = 0;
    SeededRandom random_{1};
    std::unique_ptr<ScriptedServer> server_;
    std::unique_ptr<Platform> platform_;
};

}  // namespace lianzheng
