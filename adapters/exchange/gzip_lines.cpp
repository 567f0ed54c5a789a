#include "adapters/exchange/gzip_lines.h"

#include <zlib.h>

#include <cstring>
#include <new>

namespace lianzheng {

namespace {

constexpr std::size_t kBuffer = 256U << 10U;
constexpr std::string_view kMark = "\xEF\xBB\xBF";

gzFile handle(void* file) { return static_cast<gzFile>(file); }

}  // namespace

void GzipText::Closing::operator()(void* file) const { ::gzclose(handle(file)); }

GzipText::GzipText(void* file) : file_(file), buffer_(std::make_unique<char[]>(kBuffer)) {}

Result<GzipText> GzipText::open(const std::string& file) {
    const gzFile opened = ::gzopen(file.c_str(), "rb");
    if (opened == nullptr) return failed(Fault::Unavailable, "exchange.file", "no_file");
    GzipText text(opened);
    text.begin();
    return text;
}

GzipText GzipText::of(int descriptor) {
    const gzFile opened = ::gzdopen(descriptor, "rb");
    if (opened == nullptr) throw std::bad_alloc();
    GzipText text(opened);
    text.begin();
    return text;
}

void GzipText::begin() {
    ::gzbuffer(handle(file_.get()), kBuffer);
    if (fill() < 0) return;
    const bool marked = std::string_view(buffer_.get(), size_).starts_with(kMark);
    at_ = marked ? kMark.size() : 0;
}

int GzipText::fill() {
    if (failed_) return -1;
    const int got = ::gzread(handle(file_.get()), buffer_.get(), kBuffer);
    int error = Z_OK;
    ::gzerror(handle(file_.get()), &error);
    // A compressed file that ends in the middle gives its bytes first and says so by Z_BUF_ERROR.
    failed_ = got < 0 || (got == 0 && error != Z_OK && error != Z_STREAM_END);
    at_ = 0;
    size_ = failed_ || got <= 0 ? 0 : static_cast<std::size_t>(got);
    return size_ == 0 ? -1 : static_cast<unsigned char>(buffer_[at_++]);
}

int GzipText::peek() {
    const int byte = get();
    if (byte >= 0) --at_;
    return byte;
}

bool GzipText::line(std::string& line, std::size_t most) {
    line.clear();
    if (peek() < 0) return false;
    while (peek() >= 0) {
        const char* begin = buffer_.get() + at_;
        const void* end = std::memchr(begin, '\n', size_ - at_);
        const std::size_t bytes =
            end == nullptr ? size_ - at_ : static_cast<std::size_t>(static_cast<const char*>(end) - begin);
        if (line.size() + bytes > most) {
            failed_ = true;
            size_ = at_ = 0;
            return false;
        }
        line.append(begin, bytes);
        at_ += bytes;
        if (end == nullptr) continue;
        ++at_;
        break;
    }
    if (failed_) return false;
    if (line.ends_with('\r')) line.pop_back();
    return true;
}

bool GzipText::skipLine() {
    if (peek() < 0) return false;
    while (peek() >= 0) {
        const char* begin = buffer_.get() + at_;
        const void* end = std::memchr(begin, '\n', size_ - at_);
        at_ = end == nullptr ? size_ : at_ + static_cast<std::size_t>(static_cast<const char*>(end) - begin) + 1;
        if (end != nullptr) break;
    }
    return !failed_;
}

tl::unexpected<Error> badLine(std::uint64_t line) {
    return failed(Fault::Corrupt, "exchange.file", "line:" + std::to_string(line));
}

}  // namespace lianzheng
