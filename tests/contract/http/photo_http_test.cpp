#include "adapters/provincial/photo_http.h"

#include <gtest/gtest.h>

#include "mappings/field_map.h"
#include "tests/support/scripted_server.h"

namespace lianzheng {
namespace {

TEST(PhotoUrlTest, AReferenceStaysAPathUnderThePrefix) {
    const std::string prefix = "https://photos.example/p/";
    EXPECT_EQ(photoUrl(prefix, "2026/a-1_x.jpg"), prefix + "2026/a-1_x.jpg");
    EXPECT_EQ(photoUrl(prefix, "2026\\a.jpg"), prefix + "2026/a.jpg");
    EXPECT_EQ(photoUrl(prefix, "a b?c#d%2e&e@f:g"), prefix + "a%20b%3Fc%23d%252e%26e%40f%3Ag");
    EXPECT_EQ(photoUrl(prefix, "张"), prefix + "%E5%BC%A0");
    EXPECT_EQ(photoUrl(prefix, "a..b"), prefix + "a..b");
    for (const char* reference : {"..", "../a", "a/../b", "a\\..\\b", "a/.", "./a"}) {
        const auto refused = photoUrl(prefix, reference);
        ASSERT_FALSE(refused) << reference;
        EXPECT_EQ(refused.error().fault, Fault::Rejected) << reference;
        EXPECT_EQ(refused.error().code, "outside_root") << reference;
    }
}

class PhotoHttpTest : public testing::Test {
protected:
    Result<std::string> bytes(int status, const std::string& body = "") {
        reply_ = {.status = status, .body = body};
        return photos_.bytes("1");
    }

    ServerReply reply_;
    ScriptedServer server_{[this](const SeenRequest&) { return reply_; }};
    PhotoHttp photos_{server_.base() + "/zp/", {}};
};

TEST_F(PhotoHttpTest, APictureComesAsItIs) {
    EXPECT_EQ(bytes(200, "\xff\xd8\xff picture"), "\xff\xd8\xff picture");
    EXPECT_EQ(server_.seen().back().path, "/zp/1");
}

TEST_F(PhotoHttpTest, OnlyTheServersOwnWordMeansThatThereIsNone) {
    EXPECT_EQ(bytes(404, "<html>not found</html>"), "");
    EXPECT_EQ(bytes(410), "");
    for (const int status : {204, 400, 401, 403, 429, 500, 503}) {
        const auto away = bytes(status, "error page");
        ASSERT_FALSE(away) << status;
        EXPECT_EQ(away.error().fault, Fault::Unavailable) << status;
        EXPECT_EQ(away.error().code, "http_" + std::to_string(status));
    }
}

TEST_F(PhotoHttpTest, OneThatIsTooLargeIsSeenToBe) {
    const auto large = bytes(200, "\xff\xd8\xff" + std::string(3U << 20U, 'x'));
    ASSERT_TRUE(large);
    EXPECT_EQ(large->size(), 1U << 20U);
    EXPECT_EQ(FieldMap::photoDataUri(*large).error().rule, Rule::PhotoTooLarge);
}

}  // namespace
}  // namespace lianzheng
