#include "tests/simulator/province/photo.h"

#include <fmt/format.h>

#include <initializer_list>
#include <string_view>

namespace lianzheng::sim::province {

namespace {

constexpr int kWidth = 295;
constexpr int kHeight = 413;

void append(std::string& bytes, std::initializer_list<int> values) {
    for (const int value : values) bytes += static_cast<char>(value);
}

/// Writes bits from the highest down, stuffing a zero byte after 0xFF as JPEG wants.
class BitWriter {
public:
    explicit BitWriter(std::string& bytes) : bytes_(bytes) {}
    void put(unsigned value, unsigned count) {
        while (count-- > 0) {
            current_ = (current_ << 1U | ((value >> count) & 1U)) & 0xFFU;
            if (++used_ == 8) emit();
        }
    }
    void fill() {
        while (used_ != 0) put(1, 1);
    }

private:
    void emit() {
        bytes_ += static_cast<char>(current_);
        if (current_ == 0xFFU) bytes_ += '\0';
        used_ = 0;
        current_ = 0;
    }
    std::string& bytes_;
    unsigned current_ = 0;
    unsigned used_ = 0;
};

std::string header(std::string_view comment) {
    std::string bytes;
    append(bytes, {0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 1, 300 >> 8, 300 & 255, 300 >> 8,
                   300 & 255, 0, 0});
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
    BitWriter bits(bytes);
    constexpr int kBlocks = ((kWidth + 7) / 8) * ((kHeight + 7) / 8);
    // The first block's DC sets the grey of the whole picture (size 5: values 16 to 31); every other block repeats it.
    bits.put(5, 4);
    bits.put(16U + static_cast<unsigned>(person % 16), 5);
    bits.put(0, 1);
    for (int block = 1; block < kBlocks; ++block) bits.put(0, 5);
    bits.fill();
    append(bytes, {0xFF, 0xD9});
    return bytes;
}

std::string photoVersion(const std::string& bytes) {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
    return fmt::format("{:016x}", hash);
}

}  // namespace lianzheng::sim::province
