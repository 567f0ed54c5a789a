#include "adapters/national/reply_decoder.h"

#include <algorithm>
#include <array>
#include <string>

#include "tests/fuzz/fuzz.h"
#include "tests/support/run_time_keys.h"

namespace lianzheng {
namespace {

const CodeKeyPair& pair() {
    static const CodeKeyPair made = CodeKeyPair::make(512);
    return made;
}

/// The corpus cannot hold what is sealed for a key made at run time: @CODE@ and @KEY@ stand for it.
std::string sealedInto(std::string text) {
    static const SealedCode sealed = SealedCode::make(pair().publicPem, "k1234567", "CODE-1");
    const auto put = [&text](std::string_view word, const std::string& value) {
        for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + value.size())) {
            text.replace(at, word.size(), value);
        }
    };
    put("@CODE@", sealed.encryCertid);
    put("@KEY@", sealed.encryKey);
    return text;
}

std::array<Request, 7> requests() {
    AssignCode assign;
    CheckAdmission check;
    UpdateState update;
    ChangeIdentity identity;
    assign.eCertId = check.eCertId = update.eCertId = identity.eCertId = "e1";
    return {assign,
            check,
            update,
            identity,
            CollectLicence{.codeId = "c1", .zzeCertId = "z1", .url = ""},
            QueryCertificate{.certNum = "n1", .identityCard = ""},
            QueryTransferIns{.provinceNum = "370000"}};
}

void checkVerdict(const Request& request, const Verdict& verdict) {
    const bool accepted = verdict.kind != Verdict::Kind::Refused;
    demand(verdict.code.has_value() == (accepted && std::holds_alternative<AssignCode>(request)),
           "an accepted assignment, and nothing else, brings a code");
    demand(verdict.holdings.has_value() ==
               (accepted && !writes(request) && !std::holds_alternative<CheckAdmission>(request)),
           "an answered query, and nothing else, brings holdings");
    if (verdict.code) demand(verdict.code->codeId == "CODE-1", "the code is the one that was sealed");
}

void checkError(const Request& request, const Error& error) {
    if (error.fault == Fault::Denied) return demand(error.code == "token_refused", "denied means a refused token");
    demand(error.fault == (writes(request) ? Fault::InDoubt : Fault::Unavailable), "malformed is never a success");
    demand(error.code.starts_with("malformed_"), "the code says that it is malformed");
}

}  // namespace
}  // namespace lianzheng

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lianzheng;
    static const CodeKey key = CodeKey::load(pair().privatePem).value();
    static ReplyDecoder decoder(key);
    static const auto all = requests();
    const std::string body = sealedInto(std::string(textOf(data, size)));
    for (const Request& request : all) {
        const Result<Verdict> verdict = decoder.decode(request, body);
        if (verdict) {
            checkVerdict(request, *verdict);
        } else {
            checkError(request, verdict.error());
        }
    }
    return 0;
}
