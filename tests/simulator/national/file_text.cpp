#include "tests/simulator/national/file_text.h"

#include <openssl/evp.h>
#include <zlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace lianzheng::sim::national {

namespace {

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.pop_back();
    return text;
}

void gzip(const std::string& path, const std::string& text) {
    const gzFile file = gzopen(path.c_str(), "wb6");
    if (file == nullptr) throw std::runtime_error("cannot write " + path);
    const bool good = text.empty() || gzwrite(file, text.data(), static_cast<unsigned>(text.size())) > 0;
    if (gzclose(file) != Z_OK || !good) throw std::runtime_error("cannot write " + path);
}

}  // namespace

std::string readFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void eachLine(const std::string& text, const std::function<void(std::string_view line)>& visit) {
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty()) visit(line);
    }
}

void writeFile(const std::string& path, const std::string& text) {
    const std::string beside = path + ".part";
    if (path.ends_with(".gz")) {
        gzip(beside, text);
    } else {
        std::ofstream file(beside, std::ios::binary | std::ios::trunc);
        file << text;
        file.close();
        if (!file) throw std::runtime_error("cannot write " + path);
    }
    std::filesystem::rename(beside, path);
}

std::string keyBytes(const std::string& fileText, std::string_view encoding) {
    if (encoding == "raw") return fileText;
    const std::string text = trimmed(fileText);
    std::string bytes;
    if (encoding == "hex") {
        for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
            bytes.push_back(static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16)));
        }
        return bytes;
    }
    if (encoding != "base64") throw std::runtime_error("a key is raw, hex or base64");
    bytes.resize(text.size() / 4 * 3);
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (size < 0) throw std::runtime_error("not base64");
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

}  // namespace lianzheng::sim::national
