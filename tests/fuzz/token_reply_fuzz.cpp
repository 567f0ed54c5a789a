#include "adapters/national/token_keeper.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lianzheng;
    const Result<TokenGrant> grant = decodeTokenReply(textOf(data, size));
    if (!grant) {
        const Error& error = grant.error();
        demand(error.fault == (error.code == "login_refused" ? Fault::Denied : Fault::Unavailable), "as documented");
        return 0;
    }
    demand(!grant->token.empty(), "a grant has a token");
    demand(grant->lifetime > std::chrono::seconds{0} && grant->lifetime <= std::chrono::days{31}, "a life in bounds");
    TokenKeeper keeper;
    const TimePoint now{std::chrono::hours{24} * 365 * 53};
    keeper.granted(*grant, now);
    demand(keeper.usable(now) && !keeper.usable(now + grant->lifetime), "usable now, and not at its end");
    return 0;
}
