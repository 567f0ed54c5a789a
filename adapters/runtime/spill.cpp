#include "adapters/runtime/spill.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::size_t kWriteBuffer = std::size_t{256} * 1024;
constexpr std::size_t kReadBuffer = std::size_t{32} * 1024;
constexpr std::size_t kHead = 8;

tl::unexpected<Error> scratchFailed() {
    const bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return failed(Fault::Corrupt, "exchange.scratch", full ? "disk_full" : "io");
}

std::array<char, kHead> headOf(std::string_view key, std::string_view payload) {
    const std::array<std::uint32_t, 2> sizes{static_cast<std::uint32_t>(key.size()),
                                             static_cast<std::uint32_t>(payload.size())};
    std::array<char, kHead> head{};
    std::memcpy(head.data(), sizes.data(), kHead);
    return head;
}

/// Orders as the bytes do, as far as it goes.
std::uint64_t prefixOf(std::string_view key) {
    std::array<unsigned char, 8> bytes{};
    std::memcpy(bytes.data(), key.data(), std::min(key.size(), bytes.size()));
    std::uint64_t prefix = 0;
    for (const unsigned char byte : bytes) prefix = (prefix << 8U) | byte;
    return prefix;
}

}  // namespace

Result<std::unique_ptr<ScratchFile>> ScratchFile::make(const std::string& directory) {
    std::string name = directory + "/lianzheng-XXXXXX";
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0) return scratchFailed();
    ::unlink(name.c_str());
    return std::unique_ptr<ScratchFile>(new ScratchFile(descriptor));
}

ScratchFile::~ScratchFile() { ::close(descriptor_); }

Status ScratchFile::append(std::string_view bytes) {
    size_ += bytes.size();
    pending_.append(bytes);
    return pending_.size() < kWriteBuffer ? ok() : flush();
}

Status ScratchFile::flush() {
    Status status = write(pending_);
    pending_.clear();
    return status;
}

Status ScratchFile::write(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return scratchFailed();
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ok();
}

Result<std::size_t> ScratchFile::read(std::uint64_t offset, char* into, std::size_t count) const {
    std::size_t done = 0;
    while (done < count) {
        const ssize_t got = ::pread(descriptor_, into + done, count - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return scratchFailed();
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Status appendPair(ScratchFile& file, std::string_view key, std::string_view payload) {
    const auto head = headOf(key, payload);
    if (Status status = file.append({head.data(), head.size()}); !status) return status;
    if (Status status = file.append(key); !status) return status;
    return file.append(payload);
}

Result<bool> PairReader::need(std::size_t bytes) {
    if (buffer_.size() - used_ >= bytes) return true;
    buffer_.erase(0, used_);
    used_ = 0;
    const std::size_t had = buffer_.size();
    const std::size_t left = end_ - at_;
    const std::size_t more = std::min(left, std::max(kReadBuffer, bytes) - had);
    buffer_.resize(had + more);
    const Result<std::size_t> got = file_->read(at_, buffer_.data() + had, more);
    if (!got) return tl::unexpected<Error>(got.error());
    buffer_.resize(had + *got);
    at_ += *got;
    return buffer_.size() >= bytes;
}

Result<bool> PairReader::next() {
    Result<bool> there = need(kHead);
    if (!there || !*there) return there;
    std::array<std::uint32_t, 2> sizes{};
    std::memcpy(sizes.data(), buffer_.data() + used_, kHead);
    const std::size_t total = kHead + std::size_t{sizes[0]} + sizes[1];
    there = need(total);
    if (!there) return there;
    if (!*there) return failed(Fault::Corrupt, "exchange.scratch", "io");
    const std::string_view pair = std::string_view(buffer_).substr(used_ + kHead, total - kHead);
    key_ = pair.substr(0, sizes[0]);
    payload_ = pair.substr(sizes[0]);
    used_ += total;
    return true;
}

Status SpillSorter::add(std::string_view key, std::string_view payload) {
    if (bytes_.size() + entries_.size() * sizeof(Entry) + key.size() + payload.size() > memory_ && !entries_.empty()) {
        if (Status status = spill(); !status) return status;
    }
    if (bytes_.capacity() == 0) bytes_.reserve(memory_);  // growing by doubling would take more than the bound
    entries_.push_back({prefixOf(key), bytes_.size(), static_cast<std::uint32_t>(key.size()),
                        static_cast<std::uint32_t>(payload.size())});
    bytes_.append(key).append(payload);
    ++size_;
    return ok();
}

void SpillSorter::sortEntries() {
    std::sort(entries_.begin(), entries_.end(), [this](const Entry& one, const Entry& other) {
        if (one.prefix != other.prefix) return one.prefix < other.prefix;
        const int order = keyOf(one).compare(keyOf(other));
        return order != 0 ? order < 0 : one.offset < other.offset;
    });
}

Status SpillSorter::spill() {
    if (!file_) {
        auto made = ScratchFile::make(directory_);
        if (!made) return tl::unexpected<Error>(made.error());
        file_ = std::move(*made);
    }
    sortEntries();
    for (const Entry& entry : entries_) {
        const std::string_view payload =
            std::string_view(bytes_).substr(entry.offset + entry.keySize, entry.payloadSize);
        if (Status status = appendPair(*file_, keyOf(entry), payload); !status) return status;
    }
    ends_.push_back(file_->size());
    entries_.clear();
    bytes_.clear();
    return ok();
}

Status SpillSorter::sort() {
    if (!file_) {
        sortEntries();
        return ok();
    }
    if (Status status = spill(); !status) return status;
    if (Status status = file_->flush(); !status) return status;
    bytes_ = {};
    entries_ = {};
    std::uint64_t from = 0;
    runs_.reserve(ends_.size());
    for (const std::uint64_t end : ends_) {
        runs_.emplace_back(*file_, from, end);
        from = end;
        const Result<bool> there = runs_.back().next();
        if (!there) return tl::unexpected<Error>(there.error());
        if (*there) heap_.push_back(runs_.size() - 1);
    }
    const auto later = [this](std::size_t one, std::size_t other) { return after(one, other); };
    std::make_heap(heap_.begin(), heap_.end(), later);
    return ok();
}

bool SpillSorter::after(std::size_t one, std::size_t other) const {
    const int order = runs_[one].key().compare(runs_[other].key());
    return order != 0 ? order > 0 : one > other;
}

Result<bool> SpillSorter::next() {
    if (file_) return nextOfRuns();
    if (position_ == entries_.size()) return false;
    const Entry& entry = entries_[position_++];
    key_ = keyOf(entry);
    payload_ = std::string_view(bytes_).substr(entry.offset + entry.keySize, entry.payloadSize);
    return true;
}

Result<bool> SpillSorter::nextOfRuns() {
    const auto later = [this](std::size_t one, std::size_t other) { return after(one, other); };
    if (advance_) {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        Result<bool> more = runs_[heap_.back()].next();
        if (!more) return more;
        if (*more) {
            std::push_heap(heap_.begin(), heap_.end(), later);
        } else {
            heap_.pop_back();
        }
    }
    advance_ = !heap_.empty();
    if (heap_.empty()) return false;
    const PairReader& first = runs_[heap_.front()];
    key_ = first.key();
    payload_ = first.payload();
    return true;
}

}  // namespace lianzheng
