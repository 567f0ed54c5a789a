#include <algorithm>
#include <string>

#include "adapters/envelope/code_key.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/run_time_keys.h"

namespace lianzheng {
namespace {

void demandPrintable(const std::string& code) {
    demand(!code.empty() && code.size() <= 64, "a code id has 1 to 64 characters");
    demand(std::ranges::all_of(code, [](char c) { return c >= ' ' && c <= '~'; }), "a code id is printable");
}

/// Opens a reply's two values; what is no code is malformed.
void open(const CodeKey& key, const std::string& code, const std::string& sealedKey) {
    const Result<std::string> opened = key.codeId(code, sealedKey);
    if (opened) return demandPrintable(*opened);
    demand(opened.error().fault == Fault::InDoubt && opened.error().code == "malformed_code", "malformed is in doubt");
}

}  // namespace
}  // namespace lianzheng

/// The input is `encryCertid`, a line feed and `encryKey`; then each half by itself beside a sound other half, and
/// all of it as what the platform sealed.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lianzheng;
    static const CodeKeyPair pair = CodeKeyPair::make(512);
    static const CodeKey key = CodeKey::load(pair.privatePem).value();
    static const SealedCode sound = SealedCode::make(pair.publicPem, "k1234567", "CODE-1");
    const std::string text(textOf(data, size));
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string first = text.substr(0, end);
    const std::string second = end < text.size() ? text.substr(end + 1) : "";
    open(key, first, second);
    open(key, first, sound.encryKey);
    open(key, sound.encryCertid, first);

    const SealedCode sealed = SealedCode::make(pair.publicPem, "k1234567", text);
    const Result<std::string> opened = key.codeId(sealed.encryCertid, sealed.encryKey);
    if (opened) {
        demandPrintable(*opened);
        demand(*opened == text, "what was sealed comes out");
    }
    return 0;
}
