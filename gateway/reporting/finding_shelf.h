#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/runtime/spill.h"
#include "gateway/store/records.h"
#include "mappings/districts.h"

namespace lianzheng {

/// Takes one finding, which is good only during the call. False: no more.
using FindingSink = std::function<bool(const Finding&)>;

/// A report's findings in the report's order: city authority as the directory lists them, class, number, field. They
/// lie in a scratch file; in memory are 8 bytes each. Until when one is accepted is not kept: accepted ones are not
/// reported.
/// Threads: one at a time, but each() from any number at once. Errors: those of ScratchFile.
class FindingShelf {
public:
    /// `districts` is borrowed; the scratch file is made in `directory`.
    static Result<FindingShelf> make(const std::string& directory, const Districts& districts);
    /// The next one, in the order of number and field. What an authority nobody knows is charged with goes to the
    /// bucket that Districts::find gives.
    Status add(const Finding& finding);
    /// Ends adding.
    Status close();
    /// Every finding once, or those of one authority by its id in the directory: of a class its own first, then those
    /// of other authorities' certificates that were assigned to it, charged to it like its own.
    [[nodiscard]] Status each(std::string_view authority, const FindingSink& sink) const;

private:
    struct Place {
        std::uint64_t offset : 40;
        std::uint64_t size : 24;
    };
    FindingShelf(std::unique_ptr<ScratchFile> file, const Districts& districts);
    Status eachOf(const std::vector<Place>& places, const FindingSink& sink, bool& more) const;

    const Districts* districts_;
    std::unique_ptr<ScratchFile> file_;
    std::vector<std::vector<Place>> groups_;  ///< by authority, then class
    std::vector<std::vector<Place>> guests_;  ///< the same, by the authority they were assigned to
    std::string bytes_;
};

}  // namespace lianzheng
