#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/schema.h>

#include <fstream>
#include <sstream>

#include "gateway/reporting/json_report.h"
#include "tests/unit/reporting/sample.h"

namespace lianzheng {
namespace {

rapidjson::Document parsed(const std::string& text) {
    rapidjson::Document document;
    document.Parse(text.c_str(), text.size());
    EXPECT_FALSE(document.HasParseError()) << text;
    return document;
}

bool follows(const std::string& text, const std::string& schemaName) {
    std::ifstream file(std::string(LIANZHENG_ROOT "/docs/schema/") + schemaName);
    std::stringstream content;
    content << file.rdbuf();
    const rapidjson::Document schemaText = parsed(content.str());
    const rapidjson::SchemaDocument schema(schemaText);
    rapidjson::SchemaValidator validator(schema);
    const bool good = parsed(text).Accept(validator);
    if (!good) ADD_FAILURE() << schemaName << ": " << validator.GetInvalidSchemaKeyword();
    return good;
}

TEST(JsonSchemaTest, TheReportFollowsItsSchema) {
    std::ostringstream out;
    ASSERT_TRUE(writeJson(testing::inputOf(testing::someFindings()), out));
    EXPECT_TRUE(follows(out.str(), "report.json"));
    EXPECT_EQ(out.str().find("11010519491231002X"), std::string::npos);
    const rapidjson::Document json = parsed(out.str());
    EXPECT_EQ(json["items"].Size(), 4U);
    EXPECT_EQ(json["counts"]["new"].GetUint64(), 1U);
    EXPECT_EQ(json["counts"]["by_class"]["missing_national"].GetUint64(), 1U);
    EXPECT_STREQ(json["items"][0]["number"].GetString(), "鲁建安A（2023）0000001");
}

}  // namespace
}  // namespace lianzheng
