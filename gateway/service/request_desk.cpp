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

std::string answerOf(const Visits::Ended& visit) {
    return visit.error ? failureOf(*visit.error) : answerOf("done", {{"certificates", visit.certificates}});
}

/// What is asked, as an object; false when the request is none.
bool read(const RequestRow& row, rapidjson::Document& payload) {
    payload.Parse(row.payload.data(), row.payload.size());
    return !payload.HasParseError() && payload.IsObject();
}

/// Neither of these has somebody waiting who could be served beside others.
Result<std::string> carryOut(Composition& parts, const RequestRow& row, const std::stop_token& stop) {
    rapidjson::Document payload;
    if (!read(row, payload)) return failed(Fault::Corrupt, "store.request", "payload_form");
    if (row.kind == "dismiss") {
        const std::vector<std::string> numbers = numbersIn(payload);
        const Status done = dismissAll(parts.store(), parts.clock(), numbers, row.reason);
        if (!done) return tl::unexpected(done.error());
        return answerOf("done", {{"dismissed", numbers.size()}});
    }
    Pass pass(parts.parts());
    const auto result = recordedPass(parts, pass, passOptionsOf(payload), stop);
    if (!result) return tl::unexpected(result.error());
    return answerOf(endWord(result->end), countsOf(*result));
}

Status putAnswer(Composition& parts, RequestRow row, std::string answer) {
    row.state = "done";
    row.result = std::move(answer);
    return putRequest(parts.store(), std::move(row));
}

Status serve(Composition& parts, RequestRow row, const std::stop_token& stop) {
    const auto result = carryOut(parts, row, stop);
    if (!result && result.error().fault == Fault::Cancelled) return tl::unexpected(result.error());
    return putAnswer(parts, std::move(row), result ? *result : failureOf(result.error()));
}

/// A resync that cannot be read is answered at once.
Status receive(Composition& parts, const RequestRow& row, Visits& visits) {
    if (visits.has(row.id)) return ok();
    rapidjson::Document payload;
    if (!read(row, payload)) {
        return putAnswer(parts, row, failureOf(Error{Fault::Corrupt, "store.request", "payload_form", std::nullopt}));
    }
    visits.arrive(row.id, numbersIn(payload), row.reason, payload.HasMember("force") && payload["force"].IsTrue());
    return ok();
}

/// The province is told before the asker is.
Status leave(Composition& parts, Pass& pass, const Visits::Ended& visit) {
    PassResult told;
    if (const Status done = pass.writeBack(told); !done) return done;
    auto row = parts.store().request(visit.visit);
    if (!row) return tl::unexpected(row.error());
    return *row ? putAnswer(parts, std::move(**row), answerOf(visit)) : ok();
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

void serveMeanwhile(Composition& parts, Pass& pass) {
    pass.counter().arrivals = [&parts](Visits& visits) -> Status {
        const auto open = parts.store().openRequests();
        if (!open) return tl::unexpected(open.error());
        for (const RequestRow& row : *open) {
            Status done = ok();
            if (row.kind == "resync") done = receive(parts, row, visits);
            if (row.kind == "dismiss") done = serve(parts, row, {});
            if (!done) return done;
        }
        return ok();
    };
    pass.counter().answer = [&parts, &pass](const Visits::Ended& visit) { return leave(parts, pass, visit); };
}

namespace {

/// Whether a resync has to do with what was sent before, which is settled in a lane of its own.
Result<bool> someUnderWay(Store& store, const std::vector<RequestRow>& open) {
    for (const RequestRow& row : open) {
        rapidjson::Document payload;
        if (row.kind != "resync" || !read(row, payload)) continue;
        for (const std::string& number : numbersIn(payload)) {
            const auto intent = store.intentOf(number);
            if (!intent) return tl::unexpected(intent.error());
            if (*intent && (*intent)->state != OutboxState::Queued) return true;
        }
    }
    return false;
}

}  // namespace

Result<std::size_t> serveRequests(Composition& parts, const std::stop_token& stop) {
    const auto open = parts.store().openRequests();
    if (!open) return tl::unexpected(open.error());
    const auto underWay = someUnderWay(parts.store(), *open);
    if (!underWay) return tl::unexpected(underWay.error());
    const auto paused = parts.store().wordOf("paused");
    if (!paused) return tl::unexpected(paused.error());
    if (std::any_of(open->begin(), open->end(), [](const RequestRow& row) { return row.kind == "resync"; })) {
        Pass pass(parts.parts());
        serveMeanwhile(parts, pass);
        PassResult result;
        const bool all = *underWay && paused->empty();
        const Status done = all ? pass.settleDue(result, stop) : pass.settleUrgent(result, stop);
        if (!done) return tl::unexpected(done.error());
    }
    for (const RequestRow& row : *open) {
        const auto now = parts.store().request(row.id);
        if (!now) return tl::unexpected(now.error());
        if (row.kind == "resync" || !*now || (*now)->state == "done") continue;
        if (const Status done = serve(parts, row, stop); !done) return tl::unexpected(done.error());
    }
    return open->size();
}

}  // namespace lianzheng
