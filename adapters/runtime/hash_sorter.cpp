#include "adapters/runtime/hash_sorter.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace lianzheng {
namespace {

constexpr std::size_t kHead = sizeof(std::uint64_t) + sizeof(std::uint32_t);

void appendPair(std::uint64_t hash, std::string_view payload, std::string& bytes) {
    const auto size = static_cast<std::uint32_t>(payload.size());
    std::array<char, kHead> head{};
    std::memcpy(head.data(), &hash, sizeof hash);
    std::memcpy(head.data() + sizeof hash, &size, sizeof size);
    bytes.append(head.data(), head.size()).append(payload);
}

/// The first pair of `bytes`, which it leaves.
std::pair<std::uint64_t, std::string_view> takePair(std::string_view& bytes) {
    std::uint64_t hash = 0;
    std::uint32_t size = 0;
    std::memcpy(&hash, bytes.data(), sizeof hash);
    std::memcpy(&size, bytes.data() + sizeof hash, sizeof size);
    const std::string_view payload = bytes.substr(kHead, size);
    bytes.remove_prefix(kHead + size);
    return {hash, payload};
}

/// A key whose bytes order as the hashes do.
std::array<char, 8> keyOf(std::uint64_t hash) {
    std::array<char, 8> key{};
    for (unsigned i = 0; i < key.size(); ++i) key[i] = static_cast<char>(hash >> (56U - 8U * i));
    return key;
}

std::uint64_t hashOf(std::string_view key) {
    std::uint64_t hash = 0;
    for (const char byte : key) hash = (hash << 8U) | static_cast<unsigned char>(byte);
    return hash;
}

}  // namespace

// Half of the memory is for what waits to be written, half for the part that is sorted.
HashSorter::HashSorter(std::string directory, std::size_t memory)
    : directory_(std::move(directory)), chunk_(memory / 2 >> kPartBits), most_(memory / 2) {}

Status HashSorter::add(std::uint64_t hash, std::string_view payload) {
    Part& part = parts_[hash >> (64U - kPartBits)];
    const std::size_t size = kHead + payload.size();
    if (part.pending.size() + size > chunk_ && !part.pending.empty()) {
        if (Status status = spill(part); !status) return status;
    }
    if (part.pending.capacity() < chunk_) part.pending.reserve(chunk_);  // doubling would take more than the bound
    appendPair(hash, payload, part.pending);
    part.bytes += size;
    return ok();
}

Status HashSorter::spill(Part& part) {
    if (!file_) {
        auto made = ScratchFile::make(directory_);
        if (!made) return tl::unexpected<Error>(made.error());
        file_ = std::move(*made);
    }
    part.spans.push_back({file_->size(), part.pending.size()});
    Status status = file_->append(part.pending);
    part.pending.clear();
    return status;
}

Status HashSorter::sort() { return file_ ? file_->flush() : ok(); }

/// Appends a span of the file to `bytes_`.
Status HashSorter::fetch(Span span) {
    const std::size_t had = bytes_.size();
    bytes_.resize(had + span.size);
    const Result<std::size_t> got = file_->read(span.from, bytes_.data() + had, span.size);
    if (!got) return tl::unexpected<Error>(got.error());
    if (*got != span.size) return failed(Fault::Corrupt, "exchange.scratch", "io");
    return ok();
}

Status HashSorter::load(Part& part) {
    entries_.clear();
    position_ = 0;
    large_.reset();
    bytes_.clear();
    if (part.bytes > most_) return loadLarge(part);
    bytes_.reserve(part.bytes);
    for (const Span span : part.spans) {
        if (Status status = fetch(span); !status) return status;
    }
    bytes_ += part.pending;
    part.pending = {};
    for (std::string_view left = bytes_; !left.empty();) {
        const auto [hash, payload] = takePair(left);
        entries_.push_back({hash, static_cast<std::uint32_t>(payload.data() - bytes_.data()),
                            static_cast<std::uint32_t>(payload.size())});
    }
    std::ranges::sort(entries_, [](const Entry& one, const Entry& other) {
        return one.hash != other.hash ? one.hash < other.hash : one.offset < other.offset;
    });
    return ok();
}

Status HashSorter::loadLarge(Part& part) {
    large_.emplace(directory_, most_);
    const auto give = [this]() -> Status {
        for (std::string_view left = bytes_; !left.empty();) {
            const auto [hash, payload] = takePair(left);
            const auto key = keyOf(hash);
            if (Status status = large_->add({key.data(), key.size()}, payload); !status) return status;
        }
        return ok();
    };
    for (const Span span : part.spans) {
        bytes_.clear();
        if (Status status = fetch(span); !status) return status;
        if (Status status = give(); !status) return status;
    }
    bytes_ = std::exchange(part.pending, {});
    if (Status status = give(); !status) return status;
    return large_->sort();
}

Result<bool> HashSorter::nextOfLarge() {
    Result<bool> there = large_->next();
    if (there && *there) {
        hash_ = hashOf(large_->key());
        payload_ = large_->payload();
    }
    return there;
}

Result<bool> HashSorter::next() {
    for (;; ++part_) {
        if (large_) {
            Result<bool> there = nextOfLarge();
            if (!there || *there) return there;
        } else if (position_ < entries_.size()) {
            const Entry& entry = entries_[position_++];
            hash_ = entry.hash;
            payload_ = std::string_view(bytes_).substr(entry.offset, entry.size);
            return true;
        }
        if (part_ == parts_.size()) return false;
        if (Status status = load(parts_[part_]); !status) return tl::unexpected<Error>(status.error());
    }
}

}  // namespace lianzheng
