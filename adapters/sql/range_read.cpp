#include "adapters/sql/range_read.h"

#include <xxhash.h>

#include <algorithm>
#include <charconv>

namespace lianzheng {
namespace {

/// More ranges than these are not named: the rows of the others are read too, and passed over by the reader's user.
constexpr std::size_t kMostNamed = kRanges / 8;

Digest digestOf(const Cell& rows, const Cell& sum) {
    const std::string text = std::string(rows.text) + ',' + std::string(sum.text);
    const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
    return {hash.high64, hash.low64};
}

std::uint32_t rangeOf(const Cell& cell) {
    std::uint32_t range = 0;
    std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), range);
    return range % kRanges;
}

/// The condition that keeps to the wanted ranges; none when they are many.
std::string among(const std::string& part, const WantedRanges& wanted) {
    if (std::ranges::count(wanted, true) > static_cast<std::ptrdiff_t>(kMostNamed)) return {};
    std::string list;
    for (std::size_t range = 0; range < wanted.size(); ++range) {
        if (wanted[range]) list += (list.empty() ? "" : ",") + std::to_string(range);
    }
    return " WHERE (" + part + ") IN (SELECT unnest(CAST('{" + list + "}' AS bigint[])))";
}

}  // namespace

RangeRead::RangeRead(Database& database, const std::string& query, std::size_t width, std::size_t dealtBy)
    : database_(database), width_(width) {
    std::string names;
    for (std::size_t i = 0; i < width; ++i) names += (i == 0 ? "c" : ", c") + std::to_string(i);
    // "C": what is hashed are bytes, whatever the source's collations hold equal.
    part_ = "hashtextextended(coalesce(src.c" + std::to_string(dealtBy) + R"(, '') COLLATE "C", 1) & )" +
            std::to_string(kRanges - 1);
    rows_ = " FROM (" + query + ") AS src(" + names + ")";
    database_.session() << "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
}

RangeRead::~RangeRead() {
    reader_.reset();
    if (!open_) return;
    try {
        database_.session() << "ROLLBACK";
    } catch (const std::exception&) {
        // A connection that is lost has no transaction.
    }
}

std::optional<RangeDigests> RangeRead::digests() {
    RangeDigests digests(kRanges);
    try {
        // OFFSET keeps the two apart: else whole rows would be carried through a sort before they are hashed.
        CellReader reader(database_.session(),
                          "SELECT CAST(part AS text), CAST(count(*) AS text), CAST(sum(digest) AS text) FROM (SELECT " +
                              part_ + R"( AS part, hashtextextended(CAST(src AS text) COLLATE "C", 0) AS digest)" +
                              rows_ + " OFFSET 0) AS dealt GROUP BY part",
                          3, {});
        reader.execute();
        while (reader.next()) digests[rangeOf(reader.cells()[0])] = digestOf(reader.cells()[1], reader.cells()[2]);
        return digests;
    } catch (const std::exception&) {
        open_ = false;
        database_.session() << "ROLLBACK";  // says it again where the connection is lost
        return std::nullopt;
    }
}

void RangeRead::want(const WantedRanges& wanted, std::size_t portion) {
    soci::session& session = database_.session();
    session << "SET LOCAL cursor_tuple_fraction = 1";
    session << "DECLARE lianzheng_ranges NO SCROLL CURSOR FOR SELECT src.*, CAST(" + part_ + " AS text)" + rows_ +
                   among(part_, wanted);
    reader_.emplace(session, "FETCH " + std::to_string(portion) + " FROM lianzheng_ranges", width_ + 1,
                    std::vector<std::string>{});
}

void RangeRead::execute() { reader_->execute(); }

std::uint32_t RangeRead::range() const { return rangeOf(reader_->cells()[width_]); }

}  // namespace lianzheng
