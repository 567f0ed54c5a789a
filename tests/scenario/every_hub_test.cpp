#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "adapters/envelope/envelope.h"
#include "adapters/national/rest_platform.h"
#include "tests/scenario/world.h"
#include "tests/simulator/national/national_server.h"

namespace lianzheng::test {
namespace {

using namespace std::chrono_literals;
namespace hub = sim::national;
using Names = std::vector<std::string>;

constexpr const char* kSm4Key = "0123456789abcdef";

const Sm2KeyPair& signer() {
    static const Sm2KeyPair pair = Sm2KeyPair::make();
    return pair;
}

const CodeKeyPair& codeKeys() {
    static const CodeKeyPair pair = CodeKeyPair::make(1024);
    return pair;
}

std::unique_ptr<Envelope> oursNamed(const std::string& name) {
    if (name == "tif") return makeTifEnvelope({.paasId = "app", .token = "secret"});
    if (name == "tif-sm3") return makeTifEnvelope({.hash = Hash::Sm3, .paasId = "app", .token = "secret"});
    if (name == "sm4") return makeSm4Envelope({.cityNum = "370800", .key = kSm4Key});
    if (name == "sm2") {
        return makeSm2Envelope({.appCode = "app", .key = kSm4Key},
                               Sm2Signer::load(signer().privatePem, "1234567812345678").value());
    }
    const Hash hash = name == "hmac-sm3" ? Hash::Sm3 : Hash::Sha256;
    return makeHmacEnvelope({.hash = hash, .appId = "app", .key = "key"});
}

/// The whole engine, over the wire, before a hub that wants these envelopes.
class HubWorld : public World {
public:
    HubWorld(const Names& envelopes, hub::Repeat repeat) : server(optionsOf(envelopes, repeat)) {
        server.start();
        std::vector<std::unique_ptr<Envelope>> inOrder;
        for (const std::string& name : envelopes) inOrder.push_back(oursNamed(name));
        envelope_ = makeEnvelopes(std::move(inOrder));
        RestPlatformSettings where;
        where.base = server.baseUrl();
        where.codeKeyPem = codeKeys().privatePem;
        where.sealLogin = true;
        wire_ = makeRestPlatform(where, *envelope_, clock, chance_, silence_).value();
        over = wire_.get();
    }
    HubWorld(const HubWorld&) = delete;
    HubWorld& operator=(const HubWorld&) = delete;

    hub::NationalServer server;

private:
    hub::ServerOptions optionsOf(const Names& envelopes, hub::Repeat repeat) const {
        hub::ServerOptions options;
        options.switches.rules.repeat = repeat;
        options.publicKeyPem = codeKeys().publicPem;
        options.now = [this] { return clock.now(); };
        options.envelopeOnToken = true;
        for (const std::string& name : envelopes) options.envelope.require.push_back(hub::envelopeNamed(name).value());
        options.envelope.appId = "app";
        options.envelope.key = "key";
        options.envelope.tifToken = "secret";
        options.envelope.sm4Key = kSm4Key;
        options.envelope.sm2PublicPem = signer().publicPem;
        return options;
    }

    SeededRandom chance_{20260302};
    SilentLog silence_;
    std::unique_ptr<Envelope> envelope_;
    std::unique_ptr<Platform> wire_;
};

constexpr hub::Fault kFaults[] = {hub::Fault::Unavailable, hub::Fault::Dropped,     hub::Fault::Lost,
                                  hub::Fault::BadGateway,  hub::Fault::Malformed,   hub::Fault::Truncated,
                                  hub::Fault::Wrapped,     hub::Fault::Numeric,     hub::Fault::Sparse,
                                  hub::Fault::Warn,        hub::Fault::TokenExpired};

/// The certificates, and the event that is due of each.
struct Due {
    int id;
    const char* event;
    const char* state;
};
constexpr Due kDue[] = {{1, "assign.01", "01"},
                        {2, "assign.09", "01"},
                        {3, "update.03", "02"},
                        {4, "update.05", "04"},
                        {5, "change_identity", "01"}};

std::ptrdiff_t countOf(const hub::Entry& entry, const std::string& event) {
    return std::ranges::count_if(entry.events, [&](const hub::Event& each) {
        return event == (each.operateType.empty() ? each.operation : each.operation + "." + each.operateType);
    });
}

/// Every `stride`-th call from `first` on is struck, in the pass that changes one certificate of each kind and in all
/// that follow for a while; then all is well.
void expectExactlyOnce(const Names& envelopes, hub::Repeat repeat, hub::Fault fault, std::uint64_t first) {
    HubWorld world(envelopes, repeat);
    for (int id = 2; id <= 5; ++id) world.province.add({.id = id});
    (void)world.firstRun();
    ASSERT_EQ(world.server.registry().entries().size(), 4U);
    const char* const at = "2026-03-02 09:00:00";
    world.clock.advance(2h);
    world.province.add({.id = 1, .changedAt = at});
    world.province.set(2, "DW = '新单位'", at);
    world.province.set(3, "ZK = '1'", at);
    world.province.set(4, "ZX = '1'", at);
    world.province.set(5, "SFZ = '" + personOf(21) + "'", at);
    world.server.restartCounting();
    world.server.change([&](hub::Switches& switches) {
        for (std::uint64_t call = first; call <= 12; call += 2) switches.faults.strike(call, fault);
    });
    world.settle();
    for (const Due& due : kDue) {
        SCOPED_TRACE(due.event);
        const auto entry = world.server.registry().find(numberOf(due.id));
        ASSERT_TRUE(entry);
        EXPECT_EQ(countOf(*entry, due.event), 1);
        EXPECT_EQ(entry->state(), due.state);
        EXPECT_FALSE(entry->doubled);
        EXPECT_EQ(code(world.ledger(due.id).state), due.state);
        const auto intent = world.store->intentOf(numberOf(due.id));
        EXPECT_TRUE(intent && !*intent);
        // Only the code that a lost reply carried may be missing, where a repeat does not bring it again.
        const auto blocked = world.blocked(numberOf(due.id));
        if (blocked) {
            EXPECT_EQ(blocked->advice.reason, "code_missing");
            EXPECT_EQ(repeat, hub::Repeat::Exists);
        }
    }
    const hub::Stats stats = world.server.registry().stats();
    EXPECT_EQ(stats.doubled, 0U);
    EXPECT_EQ(stats.repeatedOtherwise, 0U);
    EXPECT_TRUE(stats.unlistedFields.empty());
}

class EveryHubTest : public ::testing::TestWithParam<Names> {};

TEST_P(EveryHubTest, EveryFaultUnderEitherRepeatHappensOnce) {
    for (const hub::Fault fault : kFaults) {
        for (const hub::Repeat repeat : {hub::Repeat::SameReply, hub::Repeat::Exists}) {
            for (const std::uint64_t first : {1U, 2U}) {
                SCOPED_TRACE(fmt::format("{} {} {}", hub::nameOf(fault),
                                         repeat == hub::Repeat::Exists ? "exists" : "reply", first));
                expectExactlyOnce(GetParam(), repeat, fault, first);
                if (HasFailure()) return;
            }
        }
    }
}

// Each envelope alone; of the combinations, one of each shape: a body in a body, headers over a body, two headers.
INSTANTIATE_TEST_SUITE_P(All, EveryHubTest,
                         ::testing::Values(Names{}, Names{"tif"}, Names{"tif-sm3"}, Names{"sm4"}, Names{"sm2"},
                                           Names{"hmac-sm3"}, Names{"hmac-sha256"}, Names{"sm4", "sm2"},
                                           Names{"sm2", "hmac-sm3"}, Names{"sm4", "hmac-sha256", "tif"}),
                         [](const auto& tested) {
                             std::string name;
                             for (const std::string& each : tested.param) name += (name.empty() ? "" : "_") + each;
                             std::ranges::replace(name, '-', '_');
                             return name.empty() ? std::string("none") : name;
                         });

}  // namespace
}  // namespace lianzheng::test
