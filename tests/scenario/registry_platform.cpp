#include "tests/scenario/registry_platform.h"

#include <fmt/format.h>

#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

#include "adapters/envelope/code_key.h"
#include "adapters/national/body_writer.h"

namespace lianzheng::test {
namespace {

namespace national = sim::national;

const national::KeyPair& keyPair() {
    static const national::KeyPair pair = national::makeKeyPair(1024);
    return pair;
}

const CodeKey& codeKey() {
    static const auto key = CodeKey::load(keyPair().privatePem);
    if (!key) throw std::runtime_error("no code key");
    return *key;
}

national::Rules rulesFor(CertificateType type) {
    national::Rules rules;
    if (type == CertificateType::Tezhong) rules.type = national::Type::Tezhong;
    return rules;
}

std::string callName(const Request& request) {
    if (const auto* batch = std::get_if<Batch>(&request)) {
        return fmt::format("{} x {}", callName(batch->items.front()), batch->items.size());
    }
    return std::visit(
        [&](const auto& call) -> std::string {
            std::string name{operationName(request)};
            if constexpr (requires { call.operateType; }) name += fmt::format(".{}", code(call.operateType));
            return name;
        },
        request);
}

national::Operation operationOf(const Request& request) {
    using national::Operation;
    if (const auto* batch = std::get_if<Batch>(&request)) return operationOf(batch->items.front());
    static constexpr Operation kInOrder[] = {Operation::Assign,  Operation::Check,          Operation::Collect,
                                             Operation::Update,  Operation::ChangeIdentity, Operation::QueryOut,
                                             Operation::QueryIn, Operation::ChangeEmployer};
    static_assert(std::variant_size_v<Request> == std::size(kInOrder) + 1);
    return kInOrder[request.index()];
}

}  // namespace

RegistryPlatform::RegistryPlatform(const ManualClock& clock, CertificateType type)
    : registry_(std::make_unique<national::Registry>(
          rulesFor(type), std::make_shared<national::CodeSeal>(keyPair().publicPem), [&clock] { return clock.now(); },
          1)),
      type_(type),
      decoder_(codeKey(), type) {}

Result<std::string> RegistryPlatform::answer(const Request& request) {
    calls.push_back(callName(request));
    if (away) return failed(Fault::Unavailable, "national", "not_connected");
    if (checkFault && std::holds_alternative<CheckAdmission>(request))
        return failed(*checkFault, "national", "http_502");
    const bool writing = writes(request);
    if (writing) writingCalls_ += 1;
    const auto broken = writing ? breaks_.find(writingCalls_) : breaks_.end();
    if (broken != breaks_.end() && broken->second == Break::Unreached) {
        return failed(Fault::Unavailable, "national", "not_connected");
    }
    if (broken != breaks_.end() && broken->second == Break::LostBefore) {
        return failed(Fault::InDoubt, "national", "reset");
    }
    std::string body;
    writeBody(request, body, type_);
    if (writing && !poison.empty() && body.find(poison) != std::string::npos) {
        return failed(Fault::InDoubt, "national", "http_500");
    }
    const national::Reply reply = registry_->handle(operationOf(request), body);
    if (reply.kind == national::Reply::Kind::BadRequest) return failed(Fault::Rejected, "national", "400");
    if (reply.kind == national::Reply::Kind::TooLarge) return failed(Fault::Rejected, "national", "http_413");
    if (broken != breaks_.end()) return failed(Fault::InDoubt, "national", "reset");
    return national::render(reply, {});
}

Ticket RegistryPlatform::start(Request request) {
    const Ticket ticket{++tickets_};
    Completion completion;
    completion.ticket = ticket;
    const Result<std::string> reply = answer(request);
    if (reply) {
        decoder_.decode(request, *reply, completion);
    } else {
        completion.outcome = tl::unexpected<Error>(reply.error());
    }
    const bool unreached = !completion.outcome && completion.outcome.error().code == "not_connected";
    completion.httpStatus = completion.outcome ? 200 : unreached ? 0 : 502;
    completion.requestId = fmt::format("r{}", tickets_);
    ended_.push_back(std::move(completion));
    return ticket;
}

std::vector<Completion> RegistryPlatform::poll(std::chrono::milliseconds, const std::stop_token&) {
    return std::exchange(ended_, {});
}

}  // namespace lianzheng::test
