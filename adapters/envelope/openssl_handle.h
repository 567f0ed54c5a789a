#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace lianzheng {

template <auto Free>
struct OpensslDeleter {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
/// Owns what OpenSSL made: OpensslHandle<EVP_PKEY, EVP_PKEY_free>.
template <class T, auto Free>
using OpensslHandle = std::unique_ptr<T, OpensslDeleter<Free>>;

inline const unsigned char* octets(std::string_view text) {
    return static_cast<const unsigned char*>(static_cast<const void*>(text.data()));
}
inline unsigned char* octets(std::string& text) { return static_cast<unsigned char*>(static_cast<void*>(text.data())); }

/// For reading PEM. Never asks on the terminal: a key with a password is one that cannot be read.
inline int noPassword(char* /*into*/, int /*room*/, int /*writing*/, void* /*with*/) { return 0; }

}  // namespace lianzheng
