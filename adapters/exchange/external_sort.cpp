#include "adapters/exchange/external_sort.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <queue>

namespace lianzheng {

namespace {

constexpr const char* kWhere = "exchange.sort";
constexpr std::size_t kMostRuns = 64;

tl::unexpected<Error> diskError() {
    const bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return failed(Fault::Corrupt, kWhere, full ? "disk_full" : "io");
}

bool writeRecord(std::FILE* file, std::string_view key, std::string_view record) {
    const std::array sizes{static_cast<std::uint32_t>(key.size()), static_cast<std::uint32_t>(record.size())};
    return std::fwrite(sizes.data(), sizeof sizes, 1, file) == 1 &&
           std::fwrite(key.data(), 1, key.size(), file) == key.size() &&
           std::fwrite(record.data(), 1, record.size(), file) == record.size();
}

}  // namespace

/// A sorted file being read.
class ExternalSort::Run {
public:
    Run(std::FILE* file, std::size_t number) : file_(file), number_(number) { std::rewind(file); }

    /// False at the end, and on failure, which failedToRead() tells.
    bool next() {
        std::array<std::uint32_t, 2> sizes{};
        if (std::fread(sizes.data(), sizeof sizes, 1, file_) != 1) return false;
        key.resize(sizes[0]);
        record.resize(sizes[1]);
        return std::fread(key.data(), 1, key.size(), file_) == key.size() &&
               std::fread(record.data(), 1, record.size(), file_) == record.size();
    }
    [[nodiscard]] bool failedToRead() const { return std::feof(file_) == 0 || std::ferror(file_) != 0; }
    /// The earlier run first among equals: it holds what was added first.
    [[nodiscard]] bool behind(const Run& other) const {
        const int order = key.compare(other.key);
        return order != 0 ? order > 0 : number_ > other.number_;
    }

    std::string key;
    std::string record;

private:
    std::FILE* file_;
    std::size_t number_;
};

std::string_view ExternalSort::keyOf(const Entry& entry) const {
    return std::string_view(arena_).substr(entry.at, entry.keySize);
}

std::string_view ExternalSort::recordOf(const Entry& entry) const {
    return std::string_view(arena_).substr(entry.at + entry.keySize, entry.recordSize);
}

Status ExternalSort::add(std::string_view key, std::string_view record) {
    const std::size_t more = key.size() + record.size() + sizeof(Entry);
    if (!entries_.empty() && arena_.size() + entries_.size() * sizeof(Entry) + more > memoryBytes_) {
        if (Status spilled = spill(); !spilled) return spilled;
    }
    if (arena_.capacity() == 0) arena_.reserve(memoryBytes_);  // growing by doubling would take twice the bound
    entries_.push_back(
        {arena_.size(), static_cast<std::uint32_t>(key.size()), static_cast<std::uint32_t>(record.size())});
    arena_.append(key).append(record);
    return ok();
}

void ExternalSort::sortEntries() {
    std::ranges::sort(entries_, [this](const Entry& left, const Entry& right) {
        const int order = keyOf(left).compare(keyOf(right));
        return order != 0 ? order < 0 : left.at < right.at;
    });
}

Result<ExternalSort::File> ExternalSort::newFile() const {
    std::string name = directory_ + "/lianzheng-sort-XXXXXX";
    const int descriptor = ::mkstemp(name.data());
    if (descriptor < 0) return diskError();
    ::unlink(name.c_str());
    ::fchmod(descriptor, S_IRUSR | S_IWUSR);
    File file(::fdopen(descriptor, "w+b"));
    if (!file) {
        ::close(descriptor);
        return diskError();
    }
    return file;
}

Status ExternalSort::spill() {
    if (runs_.size() == kMostRuns) {
        if (Status merged = mergeRuns(); !merged) return merged;
    }
    Result<File> file = newFile();
    if (!file) return tl::unexpected<Error>(std::move(file.error()));
    sortEntries();
    for (const Entry& entry : entries_) {
        if (!writeRecord(file->get(), keyOf(entry), recordOf(entry))) return diskError();
    }
    if (std::fflush(file->get()) != 0) return diskError();
    runs_.push_back(std::move(*file));
    arena_.clear();
    entries_.clear();
    return ok();
}

Status ExternalSort::merge(const Each& each) {
    std::vector<std::unique_ptr<Run>> runs;
    const auto later = [](const Run* left, const Run* right) { return left->behind(*right); };
    std::priority_queue<Run*, std::vector<Run*>, decltype(later)> heads(later);
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        runs.push_back(std::make_unique<Run>(runs_[i].get(), i));
        if (runs.back()->next()) heads.push(runs.back().get());
    }
    while (!heads.empty()) {
        Run* run = heads.top();
        heads.pop();
        const Result<bool> more = each(run->key, run->record);
        if (!more) return tl::unexpected<Error>(more.error());
        if (!*more) return ok();
        if (run->next()) heads.push(run);
    }
    const bool broken = std::ranges::any_of(runs, [](const auto& run) { return run->failedToRead(); });
    if (broken) return failed(Fault::Corrupt, kWhere, "io");
    return ok();
}

Status ExternalSort::mergeRuns() {
    Result<File> file = newFile();
    if (!file) return tl::unexpected<Error>(std::move(file.error()));
    const Status merged = merge([&](std::string_view key, std::string_view record) -> Result<bool> {
        if (!writeRecord(file->get(), key, record)) return diskError();
        return true;
    });
    if (!merged) return merged;
    if (std::fflush(file->get()) != 0) return diskError();
    runs_.clear();
    runs_.push_back(std::move(*file));
    return ok();
}

Status ExternalSort::drain(const Sink& sink) {
    if (runs_.empty()) {
        sortEntries();
        for (const Entry& entry : entries_) {
            if (!sink(recordOf(entry))) break;
        }
        return ok();
    }
    if (!entries_.empty()) {
        if (Status spilled = spill(); !spilled) return spilled;
    }
    return merge([&](std::string_view, std::string_view record) -> Result<bool> { return sink(record); });
}

}  // namespace lianzheng
