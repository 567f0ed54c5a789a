#pragma once

#include "gateway/service/settings.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace lianzheng {

/// A folder with the files a configuration names, gone when this is.
class SettingsTest : public testing::Test {
protected:
    SettingsTest() {
        std::string pattern = (std::filesystem::temp_directory_path() / "lianzheng-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
        folder_ = pattern;
        write("secret", "open-sesame\r\n");
        write("hex.key", "00ff10\n");
    }
    ~SettingsTest() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    void write(const std::string& name, std::string_view text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
    }
    /// The least that a configuration has to say.
    static std::string least() {
        return "province.url = sqlite3://province.db\n"
               "province.mapping = anguan.yaml\n"
               "store.url = sqlite3://store.db\n"
               "national.base = https://platform.example\n"
               "national.client.id = 370000\n"
               "national.client.secret.file = secret\n"
               "national.code.key.file = secret\n";
    }
    Loaded<Settings> load(std::string_view text, const std::vector<Define>& defines = {}) const {
        write("lianzheng.properties", text);
        return loadSettings(folder_ / "lianzheng.properties", defines);
    }
    /// `line: message` of every problem, a line each; empty when there is none.
    std::string problemsOf(std::string_view text, const std::vector<Define>& defines = {}) const {
        const Loaded<Settings> settings = load(text, defines);
        std::string all;
        if (settings) return all;
        for (const FileProblem& problem : settings.error()) {
            all += std::to_string(problem.line) + ": " + problem.message + "\n";
        }
        return all;
    }

    std::filesystem::path folder_;
};

}  // namespace lianzheng
