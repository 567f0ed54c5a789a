#include "adapters/national/signing_pool.h"

#include <algorithm>
#include <exception>
#include <limits>
#include <utility>

#include "adapters/envelope/sm3.h"
#include "adapters/national/body_writer.h"
#include "adapters/national/http_fault.h"

namespace lianzheng {
namespace {

std::string where(const Call& call) { return "national." + std::string(operationName(call.request)); }

}  // namespace

// The queue has no bound of its own, for start() never waits: the connections bound what is in it.
SigningPool::SigningPool(std::size_t threads, CertificateType type, const Envelope& envelope, const CodeKey& codeKey,
                         const Clock& clock, std::function<void()> wake)
    : type_(type),
      envelope_(envelope),
      codeKey_(codeKey),
      clock_(clock),
      wake_(std::move(wake)),
      jobs_(std::numeric_limits<std::size_t>::max()) {
    for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i) {
        threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
}

void SigningPool::seal(Call& call) { jobs_.push({&call, true}, {}); }

void SigningPool::decode(Call& call) { jobs_.push({&call, false}, {}); }

void SigningPool::take(Finished& finished) {
    finished.sealed.clear();
    finished.decoded.clear();
    const std::lock_guard lock(mutex_);
    std::swap(finished, finished_);
}

void SigningPool::work(const std::stop_token& stop) {
    ReplyDecoder decoder(codeKey_, type_);
    while (const auto job = jobs_.pop(stop)) {
        Call& call = *job->call;
        try {
            job->sealing ? sealNow(call) : decodeNow(call, decoder);
        } catch (const std::exception&) {
            // Memory or the cryptographic library gave out. Nothing has been sent yet, or the reply stays unread.
            const Fault fault = job->sealing ? Fault::Corrupt : faultOfMalformed(writes(call.request));
            call.completion.outcome = failed(fault, where(call), "exception");
        }
        bool first = false;
        {
            const std::lock_guard lock(mutex_);
            first = finished_.sealed.empty() && finished_.decoded.empty();
            (job->sealing ? finished_.sealed : finished_.decoded).push_back(&call);
        }
        if (first) wake_();
    }
}

void SigningPool::sealNow(Call& call) const {
    Sealing& sealing = call.sealing;
    writeBody(call.request, sealing.body, type_);
    sealing.bodySm3 = sm3Hex(sealing.body);
    call.completion.businessDigest = sealing.bodySm3;
    sealing.now = clock_.now();
    sealing.headers.clear();
    sealing.headers.emplace_back("X-Request-Id", call.completion.requestId);
    if (Status status = envelope_.seal(sealing); !status) {
        call.completion.outcome = tl::unexpected<Error>(std::move(status.error()));
        return;
    }
    call.transfer.setHeaders("application/json; charset=utf-8", sealing.headers);
}

void SigningPool::decodeNow(Call& call, ReplyDecoder& decoder) const {
    call.completion.replyDigest = sm3Hex(call.transfer.reply);
    const Result<std::string> inner = envelope_.open(std::move(call.transfer.reply));
    if (!inner) {
        call.completion.outcome = failed(faultOfMalformed(writes(call.request)), where(call), "malformed_envelope");
        return;
    }
    decoder.decode(call.request, *inner, call.completion);
}

}  // namespace lianzheng
