#include "adapters/envelope/envelope.h"

#include <optional>

#include "adapters/envelope/hex.h"

namespace lianzheng {
namespace {

class PlainEnvelope final : public Envelope {
public:
    Status seal(Sealing&) const override { return ok(); }
};

std::string_view withoutLineEnd(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::unique_ptr<Envelope> makePlainEnvelope() { return std::make_unique<PlainEnvelope>(); }

Result<std::string> decodeKey(std::string_view content, KeyEncoding encoding) {
    std::optional<std::string> key;
    switch (encoding) {
        case KeyEncoding::Raw:
            key = std::string(content);
            break;
        case KeyEncoding::Hex:
            key = fromHex(withoutLineEnd(content));
            break;
        case KeyEncoding::Base64:
            key = fromBase64(withoutLineEnd(content));
            break;
    }
    if (!key || key->empty()) return failed(Fault::Corrupt, "envelope.key", "key");
    return std::move(*key);
}

}  // namespace lianzheng
