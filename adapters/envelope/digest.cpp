#include "adapters/envelope/digest.h"

#include <algorithm>
#include <cstddef>
#include <stdexcept>

#include <openssl/evp.h>

#include "adapters/envelope/openssl_handle.h"

namespace lianzheng {
namespace {

constexpr std::size_t kBlockBytes = 64;  // of both

using Context = OpensslHandle<EVP_MD_CTX, EVP_MD_CTX_free>;

/// A broken invariant: memory is gone, or OpenSSL was built without the digest.
void demand(bool fine) {
    if (!fine) throw std::runtime_error("a digest is not available");
}

/// Fetched once: EVP_sm3() would be looked up by its name for every digest.
const EVP_MD* algorithm(Hash hash) {
    static const std::array<const EVP_MD*, 2> kFetched{EVP_MD_fetch(nullptr, "SM3", nullptr),
                                                       EVP_MD_fetch(nullptr, "SHA256", nullptr)};
    const EVP_MD* const found = kFetched[static_cast<std::size_t>(hash)];
    demand(found != nullptr);
    return found;
}

Context begun(Hash hash) {
    Context context{EVP_MD_CTX_new()};
    demand(context && EVP_DigestInit_ex2(context.get(), algorithm(hash), nullptr) == 1);
    return context;
}

void update(EVP_MD_CTX* context, const void* bytes, std::size_t size) {
    demand(EVP_DigestUpdate(context, bytes, size) == 1);
}

HashBytes finish(EVP_MD_CTX* context) {
    HashBytes bytes{};
    demand(EVP_DigestFinal_ex(context, bytes.data(), nullptr) == 1);
    return bytes;
}

/// A context of this thread's own to work in.
EVP_MD_CTX* workspace(Hash hash) {
    thread_local const std::array<Context, 2> kContexts{begun(Hash::Sm3), begun(Hash::Sha256)};
    return kContexts[static_cast<std::size_t>(hash)].get();
}

}  // namespace

HashBytes digest(Hash hash, std::string_view bytes) {
    EVP_MD_CTX* const context = workspace(hash);
    demand(EVP_DigestInit_ex2(context, algorithm(hash), nullptr) == 1);
    update(context, bytes.data(), bytes.size());
    return finish(context);
}

struct Digester::State {
    Hash hash;
    Context context;
};

Digester::Digester(Hash hash) : state_(std::make_unique<State>(State{hash, begun(hash)})) {}
Digester::Digester(Digester&&) noexcept = default;
Digester& Digester::operator=(Digester&&) noexcept = default;
Digester::~Digester() = default;

void Digester::add(std::string_view bytes) { update(state_->context.get(), bytes.data(), bytes.size()); }

HashBytes Digester::finish() {
    const HashBytes bytes = lianzheng::finish(state_->context.get());
    demand(EVP_DigestInit_ex2(state_->context.get(), algorithm(state_->hash), nullptr) == 1);
    return bytes;
}

/// Both contexts have digested the padded key already.
struct Hmac::State {
    explicit State(Hash of) : hash(of), inner(begun(of)), outer(begun(of)) {}
    Hash hash;
    Context inner;
    Context outer;
};

Hmac::Hmac(Hash hash, std::string_view key) : state_(std::make_unique<State>(hash)) {
    std::array<unsigned char, kBlockBytes> block{};
    if (key.size() > kBlockBytes) {
        const HashBytes shortened = digest(hash, key);
        std::copy(shortened.begin(), shortened.end(), block.begin());
    } else {
        std::copy(key.begin(), key.end(), block.begin());
    }
    for (unsigned char& byte : block) byte ^= 0x36U;
    update(state_->inner.get(), block.data(), block.size());
    for (unsigned char& byte : block) byte ^= 0x36U ^ 0x5cU;
    update(state_->outer.get(), block.data(), block.size());
}

Hmac::Hmac(Hmac&&) noexcept = default;
Hmac& Hmac::operator=(Hmac&&) noexcept = default;
Hmac::~Hmac() = default;

HashBytes Hmac::of(std::string_view bytes) const {
    EVP_MD_CTX* const context = workspace(state_->hash);
    demand(EVP_MD_CTX_copy_ex(context, state_->inner.get()) == 1);
    update(context, bytes.data(), bytes.size());
    const HashBytes inner = finish(context);
    demand(EVP_MD_CTX_copy_ex(context, state_->outer.get()) == 1);
    update(context, inner.data(), inner.size());
    return finish(context);
}

}  // namespace lianzheng
