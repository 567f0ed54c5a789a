#include "gateway/store/evidence_chain.h"

#include <algorithm>
#include <string>
#include <utility>

#include "adapters/envelope/sm3.h"
#include "gateway/store/packed_text.h"
#include "gateway/store/step_codec.h"

namespace lianzheng {

namespace {

constexpr std::size_t kPageRows = 2000;

const std::string kSelect =
    "SELECT evidence.seq, request_id, operation, sent_at, answered_at, business_digest, reply_digest, items, hash "
    "FROM evidence ";
constexpr std::string_view kKinds = "ittiitttt";

std::string canonicalText(std::int64_t seq, std::string_view requestId, std::string_view operation, std::int64_t sentAt,
                          std::int64_t answeredAt, std::string_view businessDigest, std::string_view replyDigest,
                          std::string_view items) {
    PackedWriter out;
    out.add(seq).add(requestId).add(operation).add(sentAt).add(answeredAt);
    out.add(businessDigest).add(replyDigest).add(items);
    return out.take();
}

std::string linkHash(std::string_view previous, std::string_view link) {
    std::string text;
    text.reserve(previous.size() + 1 + link.size());
    text.append(previous).append("\n").append(link);
    return sm3Hex(text);
}

std::string headText(std::int64_t seq, std::string_view hash) { return std::to_string(seq) + ":" + std::string(hash); }

std::int64_t millis(TimePoint time) { return time.time_since_epoch().count(); }

/// Follows the seals beside the chain as it is read, and notes the first that is not as it should be.
class SealWalk {
public:
    SealWalk(EvidenceSeals& seals, Store::ChainReport& report)
        : table_(seals), seals_(seals.all()), next_(seals_.begin()), report_(report) {
        const EvidenceSealing& sealing = seals.sealing();
        checks_ = sealing.key || !sealing.former.empty();
    }

    /// The chain after `entry` has this hash.
    void passed(std::int64_t entry, std::string_view hash) {
        for (; next_ != seals_.end() && next_->entry <= entry; ++next_) {
            ++report_.seals;
            const bool follows =
                next_->number == last_.number + 1 && next_->previous == last_.entry && next_->entry == entry;
            if (!follows || (checks_ && !table_.fits(*next_, hash))) broken(last_.number + 1);
            last_ = *next_;
        }
    }

    /// The chain ends after `entry`: no seal may stand behind it, and none may be missing before it.
    void ended(std::int64_t entry, bool standsStill) {
        if (!checks_) report_.sealsUnchecked = report_.seals;
        if (next_ != seals_.end() && standsStill) broken(last_.number + 1);
        report_.unsealed = static_cast<std::uint64_t>(entry - last_.entry);
        const std::int64_t every = std::max(table_.sealing().every, last_.every);
        const bool missing = table_.sealing().key && entry - last_.entry >= every;
        // Nothing at all is sealed before the first entry after sealing was configured.
        if (missing && last_.number != 0) broken(last_.number + 1);
        report_.neverSealed = missing && last_.number == 0;
    }

private:
    void broken(std::int64_t number) {
        if (!report_.brokenSeal) report_.brokenSeal = static_cast<std::uint64_t>(number);
    }

    EvidenceSeals& table_;
    std::vector<EvidenceSeal> seals_;
    std::vector<EvidenceSeal>::const_iterator next_;
    Store::ChainReport& report_;
    EvidenceSeal last_;
    bool checks_ = false;
};

}  // namespace

EvidenceChain::EvidenceChain(Database& database, const EvidenceSealing& sealing, const Clock& clock)
    : readHead_(database, "SELECT seq, hash FROM evidence_head WHERE id = 1", "it"),
      moveHead_(
          database,
          "UPDATE evidence_head SET seq = :seq, hash = :hash WHERE id = 1 AND seq = :old_seq AND hash = :old_hash"),
      insert_(database, groupedInsert("evidence",
                                      "seq, request_id, operation, sent_at, answered_at, business_digest, "
                                      "reply_digest, items, hash",
                                      kKinds)),
      insertItem_(database, groupedInsert("evidence_item", "number, seq", "ti", "ON CONFLICT DO NOTHING")),
      page_(database, kSelect + "WHERE seq > :after ORDER BY seq LIMIT :rows", kKinds),
      of_(database,
          kSelect +
              "JOIN evidence_item ON evidence_item.seq = evidence.seq WHERE evidence_item.number = :number "
              "ORDER BY evidence.seq",
          kKinds),
      seals_(database, sealing, clock) {}

void EvidenceChain::begin() {
    head_.reset();
    insert_.drop();
    insertItem_.drop();
    seals_.begin();
}

EvidenceChain::Head EvidenceChain::readHead() {
    Head head;
    if (readHead_.one()) head = {.seq = readHead_.integer(0), .hash = readHead_.text(1)};
    return head;
}

EvidenceChain::Head& EvidenceChain::moving() {
    if (!head_) {
        const Head head = readHead();
        head_ = Moving{.from = head, .to = head};
    }
    return head_->to;
}

Status EvidenceChain::append(const Evidence& entry) {
    Head& head = moving();
    const std::string items = encodeItems(entry.items);
    const std::int64_t seq = head.seq + 1;
    std::string hash = linkHash(
        head.hash, sm3Hex(canonicalText(seq, entry.requestId, entry.operation, millis(entry.sentAt),
                                        millis(entry.answeredAt), entry.businessDigest, entry.replyDigest, items)));
    insert_.add(seq, entry.requestId, entry.operation, entry.sentAt, entry.answeredAt, entry.businessDigest,
                entry.replyDigest, items, hash);
    for (const Evidence::Item& item : entry.items) {
        if (!item.number.empty()) insertItem_.add(item.number, seq);
    }
    head = {.seq = seq, .hash = std::move(hash)};
    return seals_.entryAdded(head.seq, head.hash);
}

Status EvidenceChain::sealNow() {
    const Head& head = moving();
    return seals_.sealNow(head.seq, head.hash);
}

Status EvidenceChain::finish() {
    if (!head_) return ok();
    const Moving moving = std::move(*head_);
    head_.reset();
    insert_.flush();
    insertItem_.flush();
    if (moveHead_.run(moving.to.seq, moving.to.hash, moving.from.seq, moving.from.hash) == 1) return ok();
    return failed(Fault::Corrupt, "store.commit", "evidence_head");
}

std::string EvidenceChain::head() {
    const Head head = readHead();
    return headText(head.seq, head.hash);
}

std::string EvidenceChain::canonical(Prepared& row) {
    return canonicalText(row.integer(0), row.text(1), row.text(2), row.integer(3), row.integer(4), row.text(5),
                         row.text(6), row.text(7));
}

Store::ChainReport EvidenceChain::verify(std::string_view expected) {
    Store::ChainReport report;
    // The head first: entries appended while we read lie behind it, and are not looked at.
    const Head head = readHead();
    SealWalk seals(seals_, report);
    report.head = headText(head.seq, head.hash);
    report.headFound = expected.empty() || expected == headText(0, "");
    Head last;
    for (bool more = true; more && !report.brokenAt && last.seq < head.seq;) {
        more = false;
        page_.each(
            [&] {
                const std::int64_t seq = page_.integer(0);
                if (report.brokenAt || seq > head.seq) return;
                more = true;
                const std::string text = canonical(page_);
                std::string hash = linkHash(last.hash, sm3Hex(text));
                // Entries of before there were seals are linked by their whole text.
                if (hash != page_.text(8)) hash = linkHash(last.hash, text);
                if (seq != last.seq + 1 || hash != page_.text(8)) {
                    report.brokenAt = static_cast<std::uint64_t>(last.seq + 1);
                    return;
                }
                last = {.seq = seq, .hash = hash};
                ++report.entries;
                if (!report.headFound && expected == headText(seq, hash)) report.headFound = true;
                seals.passed(seq, hash);
            },
            last.seq, kPageRows);
    }
    if (!report.brokenAt && (last.seq != head.seq || last.hash != head.hash)) {
        report.brokenAt = static_cast<std::uint64_t>(last.seq + 1);
    }
    const bool standsStill = !report.brokenAt && readHead().seq == head.seq;
    if (!report.brokenAt && page_.one(head.seq, 1) && standsStill) {
        report.brokenAt = static_cast<std::uint64_t>(head.seq + 1);
    }
    if (!report.brokenAt) seals.ended(head.seq, standsStill);
    return report;
}

Result<Evidence> EvidenceChain::taken(Prepared& row) {
    Result<std::vector<Evidence::Item>> items = decodeItems(row.text(7));
    if (!items) return tl::unexpected<Error>(std::move(items.error()));
    return Evidence{.requestId = row.text(1),
                    .operation = row.text(2),
                    .sentAt = row.time(3),
                    .answeredAt = row.time(4),
                    .businessDigest = row.text(5),
                    .replyDigest = row.text(6),
                    .items = std::move(*items)};
}

Result<std::vector<EvidenceExtract::Entry>> EvidenceChain::entriesOf(std::string_view number) {
    std::vector<EvidenceExtract::Entry> entries;
    Status status = ok();
    of_.each(
        [&] {
            auto evidence = taken(of_);
            if (!evidence) {
                status = tl::unexpected<Error>(std::move(evidence.error()));
                return;
            }
            entries.push_back({of_.integer(0), canonical(of_), std::move(*evidence)});
        },
        number);
    if (!status) return tl::unexpected<Error>(std::move(status.error()));
    return entries;
}

Result<std::vector<Evidence>> EvidenceChain::of(std::string_view number) {
    auto entries = entriesOf(number);
    if (!entries) return tl::unexpected<Error>(std::move(entries.error()));
    std::vector<Evidence> all;
    for (EvidenceExtract::Entry& entry : *entries) all.push_back(std::move(entry.evidence));
    return all;
}

Result<EvidenceExtract::Span> EvidenceChain::span(std::int64_t first, std::int64_t last) {
    EvidenceExtract::Span span;
    std::string hash;
    if (first > 1) {
        if (!page_.one(first - 2, 1)) return failed(Fault::Corrupt, "store.evidence", "evidence_chain");
        hash = page_.text(8);
    }
    span.before = hash;
    std::int64_t seq = first - 1;
    bool follows = true;
    bool older = false;
    for (bool more = true; more && follows && seq < last;) {
        more = false;
        page_.each(
            [&] {
                if (!follows || seq == last) return;
                more = true;
                const std::string text = canonical(page_);
                std::string digest = sm3Hex(text);
                older = older || page_.text(8) == linkHash(hash, text);
                hash = linkHash(hash, digest);
                follows = page_.integer(0) == ++seq && page_.text(8) == hash;
                span.links.push_back({seq, std::move(digest)});
            },
            seq, std::min<std::size_t>(kPageRows, static_cast<std::size_t>(last - seq)));
    }
    // Entries that are linked by their whole text cannot be followed without showing other people's.
    if (older) return failed(Fault::Corrupt, "store.evidence", "evidence_older_form");
    if (!follows || seq != last) return failed(Fault::Corrupt, "store.evidence", "evidence_chain");
    span.after = std::move(hash);
    return span;
}

Result<EvidenceExtract> EvidenceChain::extract(std::string_view number) {
    EvidenceExtract extract;
    auto entries = entriesOf(number);
    if (!entries) return tl::unexpected<Error>(std::move(entries.error()));
    extract.entries = std::move(*entries);
    const Head head = readHead();
    std::int64_t covered = 0;
    for (const EvidenceExtract::Entry& entry : extract.entries) {
        if (entry.seq <= covered) continue;
        const std::optional<EvidenceSeal> seal = seals_.covering(entry.seq);
        covered = seal ? seal->entry : head.seq;
        auto found = span(entry.seq, covered);
        if (!found) return tl::unexpected<Error>(std::move(found.error()));
        found->seal = seal;
        extract.spans.push_back(std::move(*found));
    }
    return extract;
}

}  // namespace lianzheng
