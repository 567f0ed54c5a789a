#include "gateway/store/evidence_chain.h"

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

std::string linkHash(std::string_view previous, std::string_view canonical) {
    std::string text;
    text.reserve(previous.size() + 1 + canonical.size());
    text.append(previous).append("\n").append(canonical);
    return sm3Hex(text);
}

std::string headText(std::int64_t seq, std::string_view hash) { return std::to_string(seq) + ":" + std::string(hash); }

std::int64_t millis(TimePoint time) { return time.time_since_epoch().count(); }

}  // namespace

EvidenceChain::EvidenceChain(Database& database)
    : readHead_(database, "SELECT seq, hash FROM evidence_head WHERE id = 1", "it"),
      moveHead_(
          database,
          "UPDATE evidence_head SET seq = :seq, hash = :hash WHERE id = 1 AND seq = :old_seq AND hash = :old_hash"),
      insert_(database,
              "INSERT INTO evidence (seq, request_id, operation, sent_at, answered_at, business_digest, reply_digest, "
              "items, hash) VALUES (:seq, :request_id, :operation, :sent_at, :answered_at, :business_digest, "
              ":reply_digest, :items, :hash)"),
      insertItem_(database, "INSERT INTO evidence_item (number, seq) VALUES (:number, :seq) ON CONFLICT DO NOTHING"),
      page_(database, kSelect + "WHERE seq > :after ORDER BY seq LIMIT :rows", kKinds),
      of_(database,
          kSelect +
              "JOIN evidence_item ON evidence_item.seq = evidence.seq WHERE evidence_item.number = :number "
              "ORDER BY evidence.seq",
          kKinds) {}

EvidenceChain::Head EvidenceChain::readHead() {
    Head head;
    if (readHead_.one()) head = {.seq = readHead_.integer(0), .hash = readHead_.text(1)};
    return head;
}

void EvidenceChain::append(const Evidence& entry) {
    if (!head_) {
        const Head head = readHead();
        head_ = Moving{.from = head, .to = head};
    }
    const std::string items = encodeItems(entry.items);
    const std::int64_t seq = head_->to.seq + 1;
    std::string hash = linkHash(
        head_->to.hash, canonicalText(seq, entry.requestId, entry.operation, millis(entry.sentAt),
                                      millis(entry.answeredAt), entry.businessDigest, entry.replyDigest, items));
    insert_.run(seq, entry.requestId, entry.operation, entry.sentAt, entry.answeredAt, entry.businessDigest,
                entry.replyDigest, items, hash);
    for (const Evidence::Item& item : entry.items) {
        if (!item.number.empty()) insertItem_.run(item.number, seq);
    }
    head_->to = {.seq = seq, .hash = std::move(hash)};
}

Status EvidenceChain::finish() {
    if (!head_) return ok();
    const Moving moving = std::move(*head_);
    head_.reset();
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
                const std::string hash = linkHash(last.hash, canonical(page_));
                if (seq != last.seq + 1 || hash != page_.text(8)) {
                    report.brokenAt = static_cast<std::uint64_t>(last.seq + 1);
                    return;
                }
                last = {.seq = seq, .hash = hash};
                ++report.entries;
                if (!report.headFound && expected == headText(seq, hash)) report.headFound = true;
            },
            last.seq, kPageRows);
    }
    if (!report.brokenAt && (last.seq != head.seq || last.hash != head.hash)) {
        report.brokenAt = static_cast<std::uint64_t>(last.seq + 1);
    }
    if (!report.brokenAt && page_.one(head.seq, 1) && readHead().seq == head.seq) {
        report.brokenAt = static_cast<std::uint64_t>(head.seq + 1);
    }
    return report;
}

Result<std::vector<Evidence>> EvidenceChain::of(std::string_view number) {
    std::vector<Evidence> entries;
    Status status = ok();
    of_.each(
        [&] {
            Result<std::vector<Evidence::Item>> items = decodeItems(of_.text(7));
            if (!items) {
                status = tl::unexpected(items.error());
                return;
            }
            entries.push_back({.requestId = of_.text(1),
                               .operation = of_.text(2),
                               .sentAt = of_.time(3),
                               .answeredAt = of_.time(4),
                               .businessDigest = of_.text(5),
                               .replyDigest = of_.text(6),
                               .items = std::move(*items)});
        },
        number);
    if (!status) return tl::unexpected(status.error());
    return entries;
}

}  // namespace lianzheng
