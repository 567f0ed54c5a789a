// Whether JSON files follow a schema of docs/schema: exit 0 when all do, else 1 with what is wrong.
// usage: follows_schema SCHEMA FILE…
#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace {

std::optional<rapidjson::Document> read(const char* path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    rapidjson::Document document;
    document.Parse<rapidjson::kParseValidateEncodingFlag>(text.str().c_str());
    if (!file || document.HasParseError()) {
        fmt::print(stderr, "{}: no JSON, or more than one object\n", path);
        return std::nullopt;
    }
    return document;
}

std::string text(const rapidjson::Pointer& pointer) {
    rapidjson::StringBuffer buffer;
    pointer.StringifyUriFragment(buffer);
    return {buffer.GetString(), buffer.GetSize()};
}

bool follows(const rapidjson::SchemaDocument& schema, const char* path) {
    const auto document = read(path);
    if (!document) return false;
    rapidjson::SchemaValidator validator(schema);
    if (document->Accept(validator)) return true;
    fmt::print(stderr, "{}: {} breaks `{}` of {}\n", path, text(validator.GetInvalidDocumentPointer()),
               validator.GetInvalidSchemaKeyword(), text(validator.GetInvalidSchemaPointer()));
    return false;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        fmt::print(stderr, "usage: follows_schema SCHEMA FILE…\n");
        return 2;
    }
    const auto schemaText = read(argv[1]);
    if (!schemaText) return 2;
    const rapidjson::SchemaDocument schema(*schemaText);
    bool all = true;
    for (int i = 2; i < argc; ++i) all = follows(schema, argv[i]) && all;
    return all ? 0 : 1;
}
