#include "gateway/service/request_desk.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "gateway/service/pass_summary.h"

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

Status putRequest(Store& store, RequestRow row) {
    const std::vector<Change> changes{PutRequest{std::move(row)}};
    return store.commit(changes);
}

PassOptions passOptionsOf(const rapidjson::Document& payload) {
    PassOptions options;
    const auto number = [&](const char* name) -> std::optional<std::uint64_t> {
        if (!payload.HasMember(name) || !payload[name].IsUint64()) return std::nullopt;
        return payload[name].GetUint64();
    };
    options.full = payload.HasMember("full") && payload["full"].IsTrue();
    options.firstRun = payload.HasMember("firstRun") && payload["firstRun"].IsTrue();
    options.dryRun = payload.HasMember("dryRun") && payload["dryRun"].IsTrue();
    options.limit = number("limit");
    options.accept = number("accept");
    return options;
}

std::vector<std::string> numbersIn(const rapidjson::Document& payload) {
    std::vector<std::string> numbers;
    if (!payload.HasMember("numbers") || !payload["numbers"].IsArray()) return numbers;
    for (const auto& value : payload["numbers"].GetArray()) {
        if (value.IsString()) numbers.emplace_back(value.GetString(), value.GetStringLength());
    }
    return numbers;
}

/// What the asker gets: how it ended, and its numbers.
std::string answerOf(std::string_view end, const std::map<std::string, std::uint64_t>& counts) {
    return fmt::format("{{\"result\":\"{}\",\"counts\":{}}}", end, countsJson(counts));
}

std::string failureOf(const Error& error) {
    return fmt::format("{{\"fault\":{},\"where\":\"{}\",\"code\":\"{}\"}}", static_cast<int>(error.fault), error.where,
                       error.code);
}

/// The answer as a value again: the failure of the one who was asked is the asker's.
Result<PusherAnswer> readAnswer(const std::string& text) {
    rapidjson::Document answer;
    answer.Parse(text.data(), text.size());
    if (answer.HasParseError() || !answer.IsObject()) return failed(Fault::Corrupt, "store.request", "answer_form");
    const auto textOf = [&](const char* name) -> std::string {
        return answer.HasMember(name) && answer[name].IsString() ? answer[name].GetString() : "";
    };
    if (answer.HasMember("fault") && answer["fault"].IsInt()) {
        return failed(static_cast<Fault>(answer["fault"].GetInt()), textOf("where"), textOf("code"));
    }
    PusherAnswer read{textOf("result"), {}};
    if (answer.HasMember("counts") && answer["counts"].IsObject()) {
        for (const auto& [name, count] : answer["counts"].GetObject()) {
            if (count.IsUint64()) read.counts.emplace(name.GetString(), count.GetUint64());
        }
    }
    return read;
}

/// The asker waits for what stands in the manual lane, not for all that is queued. `meanwhile` is the pass in the midst
/// of which he is served; null: there is none, and what may have been sent of his before is settled too.
Result<std::string> resyncFor(Composition& parts, const rapidjson::Document& payload, const std::string& reason,
                              Pass* meanwhile, const std::stop_token& stop) {
    const bool force = payload.HasMember("force") && payload["force"].IsTrue();
    Resync resync(parts.parts());
    bool underWay = false;
    const std::vector<std::string> numbers = numbersIn(payload);
    for (const std::string& number : numbers) {
        const auto item = resync.one(number, reason, force, stop);
        if (!item) return tl::unexpected(item.error());
        underWay = underWay || item->underWay;
    }
    std::optional<Pass> own;
    if (meanwhile == nullptr) own.emplace(parts.parts());
    Pass& pass = meanwhile != nullptr ? *meanwhile : *own;
    PassResult result;
    const Status done = own && underWay ? pass.settleDue(result, stop) : pass.settleUrgent(result, stop);
    if (!done) return tl::unexpected(done.error());
    if (const Status told = pass.writeBack(result); !told) return tl::unexpected(told.error());
    return answerOf("done", {{"certificates", numbers.size()}});
}

Result<std::string> carryOut(Composition& parts, const RequestRow& row, Pass* meanwhile, const std::stop_token& stop) {
    rapidjson::Document payload;
    payload.Parse(row.payload.data(), row.payload.size());
    if (payload.HasParseError() || !payload.IsObject()) return failed(Fault::Corrupt, "store.request", "payload_form");
    if (row.kind == "dismiss") {
        const std::vector<std::string> numbers = numbersIn(payload);
        const Status done = dismissAll(parts.store(), parts.clock(), numbers, row.reason);
        if (!done) return tl::unexpected(done.error());
        return answerOf("done", {{"dismissed", numbers.size()}});
    }
    if (row.kind == "resync") return resyncFor(parts, payload, row.reason, meanwhile, stop);
    Pass pass(parts.parts());
    const auto result = recordedPass(parts, pass, passOptionsOf(payload), stop);
    if (!result) return tl::unexpected(result.error());
    return answerOf(endWord(result->end), countsOf(*result));
}

}  // namespace

std::string syncPayload(const PassOptions& options) {
    std::string text =
        fmt::format("{{\"full\":{},\"firstRun\":{},\"dryRun\":{}", options.full, options.firstRun, options.dryRun);
    if (options.limit) text += fmt::format(",\"limit\":{}", *options.limit);
    if (options.accept) text += fmt::format(",\"accept\":{}", *options.accept);
    return text + "}";
}

std::string resyncPayload(const std::vector<std::string>& numbers, bool force) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    writer.StartObject();
    writer.Key("force");
    writer.Bool(force);
    writer.Key("numbers");
    writer.StartArray();
    for (const std::string& number : numbers) {
        writer.String(number.data(), static_cast<rapidjson::SizeType>(number.size()));
    }
    writer.EndArray();
    writer.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

Result<PusherAnswer> askPusher(Store& store, Clock& clock, const std::string& kind, const std::string& payload,
                               const std::string& reason, const std::stop_token& stop) {
    const auto id = store.newId("request");
    if (!id) return tl::unexpected(id.error());
    RequestRow row;
    row.id = *id;
    row.kind = kind;
    row.payload = payload;
    row.reason = reason;
    row.createdAt = clock.now();
    row.state = "open";
    if (const Status put = putRequest(store, std::move(row)); !put) return tl::unexpected(put.error());
    while (!stop.stop_requested()) {
        const auto now = store.request(*id);
        if (!now) return tl::unexpected(now.error());
        if (*now && (*now)->state == "done") return readAnswer((*now)->result);
        const auto alive = store.pusherAlive();
        if (!alive) return tl::unexpected(alive.error());
        if (!*alive) return failed(Fault::Unavailable, "store.pusher", "pusher_gone");
        clock.sleepUntil(clock.now() + 200ms, stop);
    }
    return failed(Fault::Cancelled, "request", "stop");
}

Result<PassResult> recordedPass(Composition& parts, Pass& pass, const PassOptions& options,
                                const std::stop_token& stop) {
    Store& store = parts.store();
    const auto id = store.newId("run");
    if (!id) return tl::unexpected(id.error());
    RunRow run{*id, "sync", parts.clock().now(), std::nullopt, "running", "{}"};
    std::vector<Change> begun{PutRun{run}};
    if (const Status put = store.commit(begun); !put) return tl::unexpected(put.error());
    serveMeanwhile(parts, pass);
    auto result = pass.run(options, stop);
    run.endedAt = parts.clock().now();
    run.result = result ? std::string(endWord(result->end)) : "failed";
    if (result) run.counts = countsJson(countsOf(*result));
    std::vector<Change> ended{PutRun{run}};
    if (const auto skew = parts.clockSkew()) {
        ended.emplace_back(PutWord{std::string(ClockSkew::kWord), skew->text()});
        if (skew->isGreat()) parts.log().warning("platform.clock_skew", {{"seconds", skew->theirs.count()}});
    }
    if (const Status put = store.commit(ended); !put && result) return tl::unexpected(put.error());
    if (result && result->trip)
        parts.log().error("sync.fuse", {{"reason", result->trip->reason}, {"count", result->trip->count}});
    if (result && result->pushed.denied) parts.log().error("national.denied", {});
    return result;
}

Result<std::vector<ResyncItem>> resyncAll(Composition& parts, const std::vector<std::string>& numbers,
                                          const std::string& reason, bool force, const std::stop_token& stop) {
    Resync resync(parts.parts());
    std::vector<ResyncItem> items;
    for (const std::string& number : numbers) {
        auto item = resync.one(number, reason, force, stop);
        if (!item) return tl::unexpected(item.error());
        items.push_back(std::move(*item));
    }
    Pass pass(parts.parts());
    PassResult result;
    if (const Status done = pass.settleDue(result, stop); !done) return tl::unexpected(done.error());
    if (const Status done = pass.writeBack(result); !done) return tl::unexpected(done.error());
    return items;
}

Status dismissAll(Store& store, Clock& clock, const std::vector<std::string>& numbers, const std::string& reason) {
    std::vector<Change> changes;
    for (const std::string& number : numbers) {
        auto row = store.blockedOf(number);
        if (!row) return tl::unexpected(row.error());
        if (!*row) continue;  // no longer blocked
        (*row)->dismissed = true;
        changes.emplace_back(PutBlocked{**row});
        changes.emplace_back(AddAudit{{clock.now(), "cli", "blocked.dismiss", number + ": " + reason}});
    }
    return store.commit(changes);
}

namespace {

bool canWaitForNobody(const RequestRow& row) { return row.kind == "resync" || row.kind == "dismiss"; }

Status serve(Composition& parts, RequestRow row, Pass* meanwhile, const std::stop_token& stop) {
    const auto result = carryOut(parts, row, meanwhile, stop);
    if (!result && result.error().fault == Fault::Cancelled) return tl::unexpected(result.error());
    row.state = "done";
    row.result = result ? *result : failureOf(result.error());
    return putRequest(parts.store(), std::move(row));
}

}  // namespace

void serveMeanwhile(Composition& parts, Pass& pass) {
    pass.called = [&parts]() -> Result<bool> {
        const auto open = parts.store().openRequests();
        if (!open) return tl::unexpected(open.error());
        return std::any_of(open->begin(), open->end(), canWaitForNobody);
    };
    pass.serve = [&parts, &pass](const std::stop_token& stop) -> Status {
        auto open = parts.store().openRequests();
        if (!open) return tl::unexpected(open.error());
        for (RequestRow& row : *open) {
            if (!canWaitForNobody(row)) continue;
            if (const Status done = serve(parts, std::move(row), &pass, stop); !done) return done;
        }
        return ok();
    };
}

Result<std::size_t> serveRequests(Composition& parts, const std::stop_token& stop) {
    auto open = parts.store().openRequests();
    if (!open) return tl::unexpected(open.error());
    for (RequestRow& row : *open) {
        if (const Status done = serve(parts, row, nullptr, stop); !done) return tl::unexpected(done.error());
    }
    return open->size();
}

}  // namespace lianzheng
