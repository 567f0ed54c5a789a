#include "gateway/service/daemon.h"

#include <fmt/format.h>

#include "gateway/service/daily.h"
#include "gateway/service/health_server.h"
#include "gateway/service/pass_summary.h"
#include "gateway/service/reconciliation.h"
#include "gateway/service/request_desk.h"

#include <systemd/sd-daemon.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace lianzheng {
namespace {

using namespace std::chrono_literals;

/// A comparison reads both sides whole: not with every pass while one of them is away.
constexpr auto kReconcileAgain = 1h;

/// Province or platform away: waited out. Anything else ends the service, the store too: only a new start, with its new
/// epoch, doubts what was being sent when a commit failed.
bool heals(const Error& error) {
    if (error.where.starts_with("store")) return false;
    return error.fault == Fault::Unavailable || error.fault == Fault::Throttled || error.fault == Fault::InDoubt;
}

class Daemon {
public:
    Daemon(Composition& parts, HealthState& health) : parts_(parts), health_(health) {}

    Status run(const std::stop_token& stop) {
        TimePoint nextPass = parts_.clock().now();
        while (!stop.stop_requested()) {
            const TimePoint now = parts_.clock().now();
            Status done = ok();
            if (now >= nextPass) {
                done = pass(now, stop);
                nextPass = parts_.clock().now() + parts_.settings().syncEvery;
            } else {
                done = between(stop);
            }
            if (!done) {
                if (done.error().fault == Fault::Cancelled) break;
                if (!heals(done.error())) return done;
                parts_.log().warning("serve.deferred", {{"where", done.error().where}, {"code", done.error().code}});
                nextPass = std::min(nextPass, parts_.clock().now() + parts_.settings().syncEvery);
            }
            sd_notify(0, "WATCHDOG=1");
            parts_.clock().sleepUntil(std::min(nextPass, parts_.clock().now() + 500ms), stop);
        }
        return ok();
    }

private:
    Result<TimePoint> lastTime(std::string_view word) {
        const auto text = parts_.store().wordOf(word);
        if (!text) return tl::unexpected(text.error());
        std::int64_t ms = 0;
        std::from_chars(text->data(), text->data() + text->size(), ms);
        return TimePoint{std::chrono::milliseconds{ms}};
    }
    Status remember(std::string_view word, TimePoint at) {
        const std::vector<Change> changes{PutWord{std::string(word), std::to_string(at.time_since_epoch().count())}};
        return parts_.store().commit(changes);
    }

    Status pass(TimePoint now, const std::stop_token& stop) {
        const auto lastFull = lastTime("last_full");
        if (!lastFull) return tl::unexpected(lastFull.error());
        PassOptions options;
        options.full = dailyDue(parts_.settings().fullAt, *lastFull, now);
        Pass pass(parts_.parts());
        const auto result = recordedPass(parts_, pass, options, stop);
        if (!result) return tl::unexpected(result.error());
        parts_.log().information("sync.done", {{"end", endWord(result->end)},
                                               {"rows", result->tally.rows},
                                               {"accepted", result->pushed.accepted},
                                               {"refused", result->pushed.refused},
                                               {"unconfirmed", result->pushed.unconfirmed}});
        if (result->end == PassResult::End::Stopped) return ok();
        health_.lastPassMs = parts_.clock().now().time_since_epoch().count();
        if (options.full && result->end == PassResult::End::Done) {
            if (const Status done = remember("last_full", now); !done) return done;
            const std::vector<Change> seal{SealEvidence{}};
            if (const Status done = parts_.store().commit(seal); !done) return done;
            const auto& settings = parts_.settings();
            if (const Status done = parts_.store().forget(now - settings.keepAttempts, now - settings.keepFindings);
                !done) {
                return done;
            }
        }
        return reconcileDaily(now, stop);
    }

    /// A comparison or report that fails ends nothing but itself: what is to be pushed does not wait for it. Whoever is
    /// away is asked again after a while; what a person must mend, at the next day's time.
    Status reconcileDaily(TimePoint now, const std::stop_token& stop) {
        const auto last = lastTime("last_reconcile");
        if (!last) return tl::unexpected(last.error());
        if (now < reconcileFrom_ || !dailyDue(parts_.settings().reconcileAt, *last, now)) return ok();
        const auto report = reconcileAndReport(parts_, "", Repairs{}, stop);
        if (report) {
            parts_.log().information("reconcile.done", {{"run", report->result.run},
                                                        {"recalled_province", report->result.recalledOurs},
                                                        {"recalled_platform", report->result.recalledTheirs}});
            return remember("last_reconcile", now);
        }
        const Error& error = report.error();
        if (error.fault == Fault::Cancelled || error.where.starts_with("store")) return tl::unexpected(error);
        if (heals(error)) {
            parts_.log().warning("reconcile.deferred", {{"where", error.where}, {"code", error.code}});
            reconcileFrom_ = parts_.clock().now() + kReconcileAgain;
            return ok();
        }
        parts_.log().error("reconcile.failed", {{"where", error.where}, {"code", error.code}});
        return remember("last_reconcile", now);
    }

    /// What others ask, and what falls due between two passes: the person at the counter does not wait for the
    /// schedule.
    Status between(const std::stop_token& stop) {
        const auto served = serveRequests(parts_, stop);
        if (!served) return tl::unexpected(served.error());
        const auto paused = parts_.store().wordOf("paused");
        if (!paused) return tl::unexpected(paused.error());
        if (!paused->empty()) return ok();
        Pass pass(parts_.parts());
        serveMeanwhile(parts_, pass);
        PassResult result;
        if (const Status done = pass.settleDue(result, stop); !done) return done;
        return pass.writeBack(result);
    }

    Composition& parts_;
    HealthState& health_;
    TimePoint reconcileFrom_{};  ///< not before: somebody was away
};

}  // namespace

Status runDaemon(Composition& parts, const std::stop_token& stop) {
    HealthState health;
    const auto server = HealthServer::start(parts.settings().httpHost, parts.settings().httpPort, health);
    if (!server) return tl::unexpected(server.error());
    parts.log().information("serve.listening", {{"port", (*server)->port()}});
    health.ready = true;
    sd_notify(0, "READY=1");
    const Status done = Daemon(parts, health).run(stop);
    sd_notify(0, "STOPPING=1");
    health.ready = false;
    parts.log().information("serve.stopped", {});
    return done;
}

}  // namespace lianzheng
