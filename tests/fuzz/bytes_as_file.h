#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "tests/fuzz/fuzz.h"

namespace lianzheng {

/// Bytes under a path, for parsers that open a file themselves; they lie in memory and are gone when this is.
class BytesAsFile {
public:
    explicit BytesAsFile(std::string_view bytes) : descriptor_(::memfd_create("input", MFD_CLOEXEC)) {
        demand(descriptor_ >= 0, "there is memory for a file");
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            demand(written > 0, "the file takes its bytes");
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    BytesAsFile(const BytesAsFile&) = delete;
    BytesAsFile& operator=(const BytesAsFile&) = delete;
    ~BytesAsFile() { ::close(descriptor_); }
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

}  // namespace lianzheng
