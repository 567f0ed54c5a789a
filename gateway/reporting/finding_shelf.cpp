#include "gateway/reporting/finding_shelf.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

#include "gateway/reconcile/finding_kind.h"
#include "gateway/reporting/finding_text.h"

namespace lianzheng {
namespace {

/// The known classes, and one for words that are none.
constexpr std::size_t kKinds = kFindingKinds.size() + 1;

constexpr std::array kTexts{&Finding::number,        &Finding::kind,     &Finding::field,    &Finding::provincialValue,
                            &Finding::nationalValue, &Finding::cause,    &Finding::help,     &Finding::authority,
                            &Finding::company,       &Finding::nextStep, &Finding::assigned, &Finding::note};

/// What of a finding is no text.
struct Rest {
    TimePoint firstSeen{};
    TimePoint lastSeen{};
    TimePoint dueAt{};
    std::int64_t lastRun = 0;
    Owner owner{};
    FindingStage stage{};
    bool open = false;
};

void pack(const Finding& finding, std::string& out) {
    out.clear();
    const auto put = [&out](const auto& value) {
        std::array<char, sizeof value> bytes{};
        std::memcpy(bytes.data(), &value, sizeof value);
        out.append(bytes.data(), bytes.size());
    };
    for (const auto member : kTexts) {
        const std::string& text = finding.*member;
        put(static_cast<std::uint32_t>(text.size()));
        out += text;
    }
    put(Rest{finding.firstSeen, finding.lastSeen, finding.dueAt, finding.lastRun, finding.owner, finding.stage,
             finding.open});
}

bool unpack(std::string_view bytes, Finding& out) {
    const auto take = [&bytes](auto& value) {
        if (bytes.size() < sizeof value) return false;
        std::memcpy(&value, bytes.data(), sizeof value);
        bytes.remove_prefix(sizeof value);
        return true;
    };
    for (const auto member : kTexts) {
        std::uint32_t size = 0;
        if (!take(size) || bytes.size() < size) return false;
        (out.*member).assign(bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
    Rest rest{};
    if (!take(rest) || !bytes.empty()) return false;
    out.firstSeen = rest.firstSeen;
    out.lastSeen = rest.lastSeen;
    out.dueAt = rest.dueAt;
    out.lastRun = rest.lastRun;
    out.owner = rest.owner;
    out.stage = rest.stage;
    out.open = rest.open;
    return true;
}

std::size_t placeOf(const Districts& districts, std::string_view authority) {
    return static_cast<std::size_t>(&districts.find(authority) - districts.all().data());
}

}  // namespace

FindingShelf::FindingShelf(std::unique_ptr<ScratchFile> file, const Districts& districts)
    : districts_(&districts),
      file_(std::move(file)),
      groups_(districts.all().size() * kKinds),
      guests_(groups_.size()) {}

Result<FindingShelf> FindingShelf::make(const std::string& directory, const Districts& districts) {
    auto file = ScratchFile::make(directory);
    if (!file) return tl::unexpected<Error>(file.error());
    return FindingShelf(std::move(*file), districts);
}

Status FindingShelf::add(const Finding& finding) {
    pack(finding, bytes_);
    const auto kind = findingKindOf(finding.kind);
    const std::size_t rank = kind ? static_cast<std::size_t>(*kind) : kKinds - 1;
    Place place{};
    place.offset = file_->size() & ((std::uint64_t{1} << 40U) - 1);
    place.size = bytes_.size() & ((std::uint64_t{1} << 24U) - 1);
    const std::size_t own = placeOf(*districts_, finding.authority);
    groups_.at(own * kKinds + rank).push_back(place);
    if (!finding.assigned.empty()) {
        const std::size_t other = placeOf(*districts_, finding.assigned);
        if (other != own) guests_.at(other * kKinds + rank).push_back(place);
    }
    return file_->append(bytes_);
}

Status FindingShelf::close() { return file_->flush(); }

Status FindingShelf::eachOf(const std::vector<Place>& places, const FindingSink& sink, bool& more) const {
    Finding finding;
    std::string bytes;
    for (const Place& place : places) {
        bytes.resize(place.size);
        const auto read = file_->read(place.offset, bytes.data(), bytes.size());
        if (!read) return tl::unexpected<Error>(read.error());
        if (*read != bytes.size() || !unpack(bytes, finding)) return failed(Fault::Corrupt, "report.scratch", "io");
        more = sink(finding);
        if (!more) break;
    }
    return ok();
}

Status FindingShelf::each(std::string_view authority, const FindingSink& sink) const {
    const std::size_t only = authority.empty() ? 0 : placeOf(*districts_, authority) * kKinds;
    const std::size_t end = authority.empty() ? groups_.size() : only + kKinds;
    const FindingSink asTheirs = [&](const Finding& finding) {
        Finding guest = finding;
        guest.authority = authority;
        return sink(guest);
    };
    bool more = true;
    for (std::size_t group = only; group < end && more; ++group) {
        if (Status read = eachOf(groups_[group], sink, more); !read) return read;
        if (authority.empty() || !more) continue;
        if (Status read = eachOf(guests_[group], asTheirs, more); !read) return read;
    }
    return ok();
}

}  // namespace lianzheng
