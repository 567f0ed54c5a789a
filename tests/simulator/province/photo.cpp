#include "tests/simulator/province/photo.h"

#include <fmt/format.h>

#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace lianzheng::sim::province {

namespace {

constexpr int kWidth = 295;
constexpr int kHeight = 413;

void append(std::string& bytes, std::initializer_list<int> values) {
    for (const int value : values) bytes += static_cast<char>(value);
}

std::string header(std::string_view comment) {
    std::string bytes;
    append(bytes, {0xFF, 0xD8, 0xFF, 0xE0, 0,        16,        'J',      'F',       'I', 'F',
                   0,    1,    1,    1,    300 >> 8, 300 & 255, 300 >> 8, 300 & 255, 0,   0});
    append(bytes, {0xFF, 0xFE, 0, static_cast<int>(comment.size()) + 2});
    bytes += comment;
    append(bytes, {0xFF, 0xDB, 0, 67, 0});
    bytes.append(64, '\x10');
    append(bytes, {0xFF, 0xC0, 0, 11, 8, kHeight >> 8, kHeight & 255, kWidth >> 8, kWidth & 255, 1, 1, 0x11, 0});
    // Twelve DC sizes of four bits each, and one AC code: end of block.
    append(bytes, {0xFF, 0xC4, 0, 31, 0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    append(bytes, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
    append(bytes, {0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    append(bytes, {0xFF, 0xDA, 0, 8, 1, 1, 0x00, 0, 63, 0});
    return bytes;
}

}  // namespace

std::string makePhoto(std::int64_t person) {
    std::string bytes = header(fmt::format("invented person {}", person));
    // The first block's DC sets the grey of the whole picture: size code 0101, value 1vvvv, end of block 0. Every other
    // block repeats it: size 0000, end of block 0, so all bits are zero but the ones that fill the last byte.
    constexpr std::size_t kBlocks = ((kWidth + 7) / 8) * ((kHeight + 7) / 8);
    constexpr std::size_t kBits = 10 + 5 * (kBlocks - 1);
    const auto shade = static_cast<unsigned>(person % 16);
    std::string scan((kBits + 7) / 8, '\0');
    scan[0] = static_cast<char>(0x58U | shade >> 1U);
    scan[1] = static_cast<char>((shade & 1U) << 7U);
    scan.back() = static_cast<char>((1U << (scan.size() * 8 - kBits)) - 1);
    bytes += scan;
    append(bytes, {0xFF, 0xD9});
    return bytes;
}

std::string photoVersion(const std::string& bytes) {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
    return fmt::format("{:016x}", hash);
}

}  // namespace lianzheng::sim::province
