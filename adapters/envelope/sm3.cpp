#include "adapters/envelope/sm3.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>

#include <openssl/evp.h>

#include "adapters/envelope/hex.h"

namespace lianzheng {
namespace {

constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kBlockBytes = 64;
using DigestBytes = std::array<unsigned char, kDigestBytes>;

struct ContextDeleter {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, ContextDeleter>;

/// A broken invariant: memory is gone, or OpenSSL was built without SM3.
void demand(bool fine) {
    if (!fine) throw std::runtime_error("SM3 is not available");
}

/// Fetched once: EVP_sm3() would be looked up by its name for every digest.
const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SM3", nullptr);
    demand(fetched != nullptr);
    return fetched;
}

Context begun() {
    Context context{EVP_MD_CTX_new()};
    demand(context && EVP_DigestInit_ex2(context.get(), algorithm(), nullptr) == 1);
    return context;
}

void update(EVP_MD_CTX* context, const void* bytes, std::size_t size) {
    demand(EVP_DigestUpdate(context, bytes, size) == 1);
}

DigestBytes finish(EVP_MD_CTX* context) {
    DigestBytes digest{};
    demand(EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1);
    return digest;
}

/// A context of this thread's own to work in.
EVP_MD_CTX* workspace() {
    thread_local const Context context = begun();
    return context.get();
}

DigestBytes sm3(std::string_view bytes) {
    EVP_MD_CTX* const context = workspace();
    demand(EVP_DigestInit_ex2(context, algorithm(), nullptr) == 1);
    update(context, bytes.data(), bytes.size());
    return finish(context);
}

}  // namespace

std::string sm3Hex(std::string_view bytes) { return lowerHex(sm3(bytes)); }

std::string hmacSm3Hex(std::string_view key, std::string_view bytes) { return HmacSm3(key).hex(bytes); }

/// RFC 2104: both contexts have digested the padded key already.
struct HmacSm3::State {
    Context inner = begun();
    Context outer = begun();
};

HmacSm3::HmacSm3(std::string_view key) : state_(std::make_unique<State>()) {
    std::array<unsigned char, kBlockBytes> block{};
    if (key.size() > kBlockBytes) {
        const DigestBytes shortened = sm3(key);
        std::copy(shortened.begin(), shortened.end(), block.begin());
    } else {
        std::copy(key.begin(), key.end(), block.begin());
    }
    for (unsigned char& byte : block) byte ^= 0x36U;
    update(state_->inner.get(), block.data(), block.size());
    for (unsigned char& byte : block) byte ^= 0x36U ^ 0x5cU;
    update(state_->outer.get(), block.data(), block.size());
}

HmacSm3::HmacSm3(HmacSm3&&) noexcept = default;
HmacSm3& HmacSm3::operator=(HmacSm3&&) noexcept = default;
HmacSm3::~HmacSm3() = default;

std::string HmacSm3::hex(std::string_view bytes) const {
    EVP_MD_CTX* const context = workspace();
    demand(EVP_MD_CTX_copy_ex(context, state_->inner.get()) == 1);
    update(context, bytes.data(), bytes.size());
    const DigestBytes inner = finish(context);
    demand(EVP_MD_CTX_copy_ex(context, state_->outer.get()) == 1);
    update(context, inner.data(), inner.size());
    return lowerHex(finish(context));
}

}  // namespace lianzheng
