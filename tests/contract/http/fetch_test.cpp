#include "adapters/http/fetch.h"

#include <gtest/gtest.h>

#include <csignal>

#include "tests/support/scripted_server.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

class FetchTest : public testing::Test {
protected:
    FetchTest() { std::signal(SIGPIPE, SIG_IGN); }

    ServerReply answer(const SeenRequest& request) {
        const auto found = pages.find(request.path);
        return found == pages.end() ? ServerReply{.status = 404} : found->second;
    }
    std::unique_ptr<ScriptedServer> secure() {
        return std::make_unique<ScriptedServer>([this](const SeenRequest& request) { return answer(request); },
                                                ScriptedServer::Tls{files_.certificate, files_.key});
    }
    Result<Fetched> get(const std::string& path) { return fetch().get(server.base() + path); }
    std::string codeOf(const std::string& path, Fault fault = Fault::Unavailable) {
        const auto fetched = get(path);
        if (fetched) return "status " + std::to_string(fetched->status);
        EXPECT_EQ(fetched.error().fault, fault);
        return fetched.error().code;
    }
    HttpFetch& fetch() {
        if (!fetch_) fetch_ = std::make_unique<HttpFetch>(settings);
        return *fetch_;
    }

    std::map<std::string, ServerReply> pages;
    ScriptedServer server{[this](const SeenRequest& request) { return answer(request); }};
    ScratchDirectory scratch_;
    CertificateFiles files_ = CertificateFiles::make(scratch_.path(), "photos");
    FetchSettings settings{.caFile = {}, .connectTimeout = 5s, .timeout = 5s, .maxBytes = 1000};
    std::unique_ptr<HttpFetch> fetch_;
};

TEST_F(FetchTest, WhatIsThereComesWholeOverOneConnection) {
    pages["/a"] = {.body = std::string("\xff\x00picture", 9)};
    pages["/gone"] = {.status = 410, .body = "no"};
    const auto first = get("/a");
    ASSERT_TRUE(first) << first.error().code;
    EXPECT_EQ(first->status, 200);
    EXPECT_EQ(first->body, std::string("\xff\x00picture", 9));
    EXPECT_FALSE(first->cut);
    EXPECT_EQ(get("/gone")->status, 410);
    EXPECT_EQ(get("/absent")->status, 404);
    EXPECT_EQ(server.connections(), 1U);
    EXPECT_EQ(server.seen().front().method, "GET");
}

TEST_F(FetchTest, NoMoreIsReadThanWanted) {
    pages["/large"] = {.flood = 5'000'000};
    pages["/just"] = {.flood = 1000};
    const auto large = get("/large");
    ASSERT_TRUE(large) << large.error().code;
    EXPECT_EQ(large->status, 200);
    EXPECT_EQ(large->body.size(), 1000U);
    EXPECT_TRUE(large->cut);
    EXPECT_EQ(get("/just")->body.size(), 1000U);
    EXPECT_FALSE(get("/just")->cut);
}

TEST_F(FetchTest, WhatIsNoWholeAnswerIsUnavailable) {
    settings.timeout = 100ms;
    pages["/late"] = {.conduct = Conduct::StallUntilReleased};
    pages["/half"] = {.body = "picture", .conduct = Conduct::Truncate};
    pages["/closed"] = {.conduct = Conduct::CloseAfterReading};
    pages["/garbage"] = {.body = "\x01\x02\x03 no HTTP at all\r\n\r\n", .conduct = Conduct::Garbage};
    EXPECT_EQ(codeOf("/late"), "timeout");
    server.release();
    for (const char* path : {"/half", "/closed", "/garbage"}) EXPECT_EQ(codeOf(path), "broken") << path;
}

TEST_F(FetchTest, NobodyThereIsNotConnected) {
    std::string gone;
    {
        const ScriptedServer closed([](const SeenRequest&) { return ServerReply{}; });
        gone = closed.base();
    }
    const auto fetched = fetch().get(gone + "/secret-person");
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().code, "not_connected");
    EXPECT_EQ((fetched.error().where + fetched.error().code).find("secret"), std::string::npos);
}

TEST_F(FetchTest, RedirectsStayAmongTheWebAndEnd) {
    pages["/moved"] = {.status = 302, .headers = {{"Location", "/a"}}};
    pages["/a"] = {.body = "picture"};
    pages["/file"] = {.status = 302, .headers = {{"Location", "file:///etc/hostname"}}};
    pages["/ftp"] = {.status = 302, .headers = {{"Location", "ftp://127.0.0.1/a"}}};
    pages["/round"] = {.status = 302, .headers = {{"Location", "/round"}}};
    EXPECT_EQ(get("/moved")->body, "picture");
    for (const char* path : {"/file", "/ftp", "/round"}) EXPECT_EQ(codeOf(path), "redirect") << path;
}

TEST_F(FetchTest, ARedirectNeverLeavesTls) {
    const auto tls = secure();
    settings.caFile = files_.certificate.string();
    pages["/down"] = {.status = 302, .headers = {{"Location", server.base() + "/a"}}};
    pages["/a"] = {.body = "picture"};
    const auto fetched = fetch().get(tls->base() + "/down");
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().code, "redirect");
    EXPECT_TRUE(server.seen().empty());
    EXPECT_EQ(fetch().get(tls->base() + "/a")->body, "picture");
}

TEST_F(FetchTest, AStrangersCertificateIsRefused) {
    const auto tls = secure();
    const auto unknown = fetch().get(tls->base() + "/a");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "tls");
    EXPECT_EQ(unknown.error().fault, Fault::Unavailable);
    EXPECT_TRUE(tls->seen().empty());
}

TEST_F(FetchTest, OnlyWebAddressesAreFetched) {
    for (const char* url : {"", "file:///etc/hostname", "photos.example/a", "http://"}) {
        const auto fetched = fetch().get(url);
        ASSERT_FALSE(fetched) << url;
        EXPECT_EQ(fetched.error().fault, Fault::Rejected) << url;
        EXPECT_EQ(fetched.error().code, "url") << url;
    }
}

}  // namespace
}  // namespace lianzheng
