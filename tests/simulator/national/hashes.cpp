#include "tests/simulator/national/hashes.h"

#include <openssl/evp.h>

#include <bit>
#include <stdexcept>

namespace lianzheng::sim::national {

namespace {

constexpr std::size_t kBlock = 64;
using State = std::array<std::uint32_t, 8>;

std::uint32_t p0(std::uint32_t x) { return x ^ std::rotl(x, 9) ^ std::rotl(x, 17); }
std::uint32_t p1(std::uint32_t x) { return x ^ std::rotl(x, 15) ^ std::rotl(x, 23); }

void compress(State& v, const std::uint8_t* block) {
    std::array<std::uint32_t, 68> w{};
    for (std::size_t j = 0; j < 16; ++j) {
        w[j] = std::uint32_t{block[4 * j]} << 24 | std::uint32_t{block[4 * j + 1]} << 16 |
               std::uint32_t{block[4 * j + 2]} << 8 | std::uint32_t{block[4 * j + 3]};
    }
    for (std::size_t j = 16; j < 68; ++j) {
        w[j] = p1(w[j - 16] ^ w[j - 9] ^ std::rotl(w[j - 3], 15)) ^ std::rotl(w[j - 13], 7) ^ w[j - 6];
    }
    auto [a, b, c, d, e, f, g, h] = v;
    for (std::size_t j = 0; j < 64; ++j) {
        const std::uint32_t t = j < 16 ? 0x79cc4519U : 0x7a879d8aU;
        const std::uint32_t ss1 = std::rotl(std::rotl(a, 12) + e + std::rotl(t, static_cast<int>(j % 32)), 7);
        const std::uint32_t ss2 = ss1 ^ std::rotl(a, 12);
        const std::uint32_t ff = j < 16 ? (a ^ b ^ c) : ((a & b) | (a & c) | (b & c));
        const std::uint32_t gg = j < 16 ? (e ^ f ^ g) : ((e & f) | (~e & g));
        const std::uint32_t tt1 = ff + d + ss2 + (w[j] ^ w[j + 4]);
        const std::uint32_t tt2 = gg + h + ss1 + w[j];
        d = c;
        c = std::rotl(b, 9);
        b = a;
        a = tt1;
        h = g;
        g = std::rotl(f, 19);
        f = e;
        e = p0(tt2);
    }
    const State mixed{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) v[i] ^= mixed[i];
}

template <typename Hash>
Digest hmac(Hash hash, std::string_view key, std::string_view bytes) {
    std::string padded(kBlock, '\0');
    if (key.size() > kBlock) {
        const Digest shortened = hash(key);
        std::copy(shortened.begin(), shortened.end(), padded.begin());
    } else {
        std::copy(key.begin(), key.end(), padded.begin());
    }
    std::string inner = padded;
    std::string outer = padded;
    for (char& c : inner) c = static_cast<char>(c ^ 0x36);
    for (char& c : outer) c = static_cast<char>(c ^ 0x5c);
    inner.append(bytes);
    for (const std::uint8_t byte : hash(inner)) outer.push_back(static_cast<char>(byte));
    return hash(outer);
}

std::string hex(std::span<const std::uint8_t> bytes, std::string_view digits) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 15]);
    }
    return text;
}

}  // namespace

Digest sm3(std::string_view bytes) {
    State v{0x7380166fU, 0x4914b2b9U, 0x172442d7U, 0xda8a0600U, 0xa96f30bcU, 0x163138aaU, 0xe38dee4dU, 0xb0fb0e4eU};
    std::array<std::uint8_t, kBlock> block{};
    std::size_t at = 0;
    for (; bytes.size() - at >= kBlock; at += kBlock) {
        for (std::size_t i = 0; i < kBlock; ++i) block[i] = static_cast<std::uint8_t>(bytes[at + i]);
        compress(v, block.data());
    }
    block.fill(0);
    std::size_t used = 0;
    for (; at < bytes.size(); ++at) block[used++] = static_cast<std::uint8_t>(bytes[at]);
    block[used++] = 0x80;
    if (used > kBlock - 8) {
        compress(v, block.data());
        block.fill(0);
    }
    const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
    for (std::size_t i = 0; i < 8; ++i) block[kBlock - 1 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
    compress(v, block.data());
    Digest digest{};
    for (std::size_t i = 0; i < 32; ++i) digest[i] = static_cast<std::uint8_t>(v[i / 4] >> (24 - 8 * (i % 4)));
    return digest;
}

Digest sha256(std::string_view bytes) {
    Digest digest{};
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 is not available");
    }
    return digest;
}

Digest hmacSm3(std::string_view key, std::string_view bytes) { return hmac(sm3, key, bytes); }
Digest hmacSha256(std::string_view key, std::string_view bytes) { return hmac(sha256, key, bytes); }
std::string lowerHex(std::span<const std::uint8_t> bytes) { return hex(bytes, "0123456789abcdef"); }
std::string upperHex(std::span<const std::uint8_t> bytes) { return hex(bytes, "0123456789ABCDEF"); }

}  // namespace lianzheng::sim::national
