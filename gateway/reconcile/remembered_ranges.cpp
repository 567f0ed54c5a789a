#include "gateway/reconcile/remembered_ranges.h"

#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <type_traits>
#include <utility>

#include "adapters/runtime/whole_file.h"

namespace lianzheng {
namespace {

constexpr const char* kWhere = "reconcile.ranges";
/// Raised whenever what lies in the file changes its form.
constexpr std::uint64_t kForm = 2;

/// Of a range's glances: what is larger is read again each time.
constexpr std::size_t kMostOfRange = std::size_t{1} << 20U;

/// The file's end; before it the index, before that the glances in the order of their ranges.
struct Tail {
    std::uint64_t form = kForm;
    Digest described;
    Digest index;
    std::uint64_t indexFrom = 0;
};

Digest digestOf(std::string_view bytes) {
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    return {hash.high64, hash.low64};
}

template <class Value>
std::string_view bytesOf(const std::vector<Value>& values) {
    static_assert(std::is_trivially_copyable_v<Value> && std::has_unique_object_representations_v<Value>);
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)};
}

std::uint64_t hashOf(std::size_t range) { return std::uint64_t{range} << 48U; }
static_assert(kRanges == std::size_t{1} << 16U, "a range's number is its hash's first 16 bits");

}  // namespace

RememberedRanges::RememberedRanges(std::filesystem::path file, std::string_view described, std::string scratchDirectory,
                                   std::size_t memory)
    : file_(std::move(file)),
      described_(digestOf(described)),
      index_(kRanges),
      fresh_(std::move(scratchDirectory), memory) {
    open();
}

void RememberedRanges::open() {
    old_.open(file_, std::ios::binary);
    Tail tail;
    old_.seekg(-static_cast<std::streamoff>(sizeof tail), std::ios::end);
    old_.read(reinterpret_cast<char*>(&tail), sizeof tail);
    if (!old_ || tail.form != kForm || tail.described != described_) return;
    std::vector<Entry> index(kRanges);
    old_.seekg(static_cast<std::streamoff>(tail.indexFrom));
    old_.read(reinterpret_cast<char*>(index.data()), static_cast<std::streamsize>(index.size() * sizeof(Entry)));
    if (old_ && digestOf(bytesOf(index)) == tail.index) index_ = std::move(index);
}

/// Brings a range's glances into bytes_; false when they are not what was written.
bool RememberedRanges::fetch(const Entry& entry) {
    bytes_.resize(entry.size);
    const auto from = static_cast<std::streamoff>(entry.from);
    if (old_.tellg() != from) old_.seekg(from);  // in order there is nothing to seek
    old_.read(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
    if (old_ && digestOf(bytes_) == entry.glances) return true;
    old_.clear();
    return false;
}

/// Whether they could be recalled.
Result<bool> RememberedRanges::recallRange(std::uint32_t range, const Sink& known) {
    if (!fetch(index_[range])) return false;
    std::string_view rest = bytes_;
    for (Glance glance; take(rest, glance); ++recalled_) {
        if (Status status = known(glance); !status) return tl::unexpected<Error>(status.error());
    }
    return true;
}

Result<WantedRanges> RememberedRanges::recall(const RangeDigests& now, const Sink& known) {
    digests_ = now;
    wanted_.assign(kRanges, false);
    for (std::uint32_t range = 0; range < kRanges; ++range) {
        Result<bool> there = now[range] == index_[range].digest;
        if (!*there) changed_ = true;
        if (now[range].none()) continue;
        if (*there) there = recallRange(range, known);
        if (!there) return tl::unexpected<Error>(there.error());
        wanted_[range] = !*there;
        if (!*there) changed_ = true;
    }
    return wanted_;
}

Status RememberedRanges::put(std::uint32_t range, const Glance& glance) {
    if (digests_[range].none()) return ok();
    bytes_.clear();
    pack(glance, bytes_);
    return fresh_.add(hashOf(range), bytes_);
}

/// Brings a range's glances into bytes_, those of this look or those of before; false when there are none.
Result<bool> RememberedRanges::gather(std::uint32_t range) {
    if (!wanted_[range]) return !digests_[range].none() && fetch(index_[range]);
    bytes_.clear();
    while (freshLeft_ && fresh_.hash() == hashOf(range)) {
        if (bytes_.size() + fresh_.payload().size() > kMostOfRange) digests_[range] = {};
        if (!digests_[range].none()) bytes_ += fresh_.payload();
        if (Status status = nextFresh(); !status) return tl::unexpected<Error>(status.error());
    }
    return !digests_[range].none();
}

Status RememberedRanges::nextFresh() {
    const Result<bool> next = fresh_.next();
    freshLeft_ = next.value_or(false);
    return next.map([](bool) {});
}

Status RememberedRanges::write(std::ostream& out) {
    if (Status status = nextFresh(); !status) return status;
    std::vector<Entry> index(kRanges);
    std::uint64_t size = 0;
    for (std::uint32_t range = 0; range < kRanges; ++range) {
        const Result<bool> there = gather(range);
        if (!there) return tl::unexpected<Error>(there.error());
        if (!*there) continue;
        index[range] = {digests_[range], digestOf(bytes_), size, bytes_.size()};
        size += bytes_.size();
        out << bytes_;
    }
    const Tail tail{.described = described_, .index = digestOf(bytesOf(index)), .indexFrom = size};
    out << bytesOf(index);
    out.write(reinterpret_cast<const char*>(&tail), sizeof tail);
    return ok();
}

Status RememberedRanges::keep() {
    if (!changed_) return ok();
    if (Status status = fresh_.sort(); !status) return status;
    std::error_code error;
    std::filesystem::create_directories(file_.parent_path(), error);
    return writeWhole(file_, kWhere, [this](const std::filesystem::path& unfinished) -> Status {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        if (Status status = write(out); !status) return status;
        out.close();
        if (out) return ok();
        return failed(Fault::Corrupt, kWhere, errno == ENOSPC || errno == EFBIG ? "disk_full" : "write");
    });
}

}  // namespace lianzheng
