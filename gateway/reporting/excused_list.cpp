#include "gateway/reporting/excused_list.h"

#include <cerrno>
#include <fstream>
#include <utility>

#include "adapters/runtime/whole_file.h"

namespace lianzheng {

std::filesystem::path excusedPath(const std::filesystem::path& directory, std::int64_t run) {
    return directory / (std::to_string(run) + ".excused.txt");
}

Result<ExcusedList> ExcusedList::make(const std::string& directory) {
    auto file = ScratchFile::make(directory);
    if (!file) return tl::unexpected<Error>(file.error());
    return ExcusedList(std::move(*file));
}

Status ExcusedList::write(const std::filesystem::path& path) {
    if (Status flushed = file_->flush(); !flushed) return flushed;
    return writeWhole(path, "report.file", [&](const std::filesystem::path& unfinished) -> Status {
        std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
        out << "\xEF\xBB\xBF证书编号\t不计差异的原因\r\n";
        PairReader reader(*file_, 0, file_->size());
        Result<bool> there = reader.next();
        for (; there && *there; there = reader.next()) {
            out << reader.key() << '\t' << reader.payload() << "\r\n";
        }
        if (!there) return tl::unexpected<Error>(there.error());
        out.close();
        const bool full = errno == ENOSPC || errno == EFBIG;
        return out ? ok() : failed(Fault::Corrupt, "report.file", full ? "disk_full" : "write");
    });
}

}  // namespace lianzheng
