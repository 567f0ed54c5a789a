#include <utility>

#include "adapters/envelope/envelope.h"
#include "adapters/envelope/sm4.h"

namespace lianzheng {
namespace {

/// A value of our own configuration as a JSON string.
std::string quoted(std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20U) {
            out.append("\\u00").append({kHex[byte >> 4U], kHex[byte & 0xFU]});
            continue;
        }
        if (c == '"' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    return out.append("\"");
}

void replaceBody(Sealing& sealing, std::string body) {
    sealing.body = std::move(body);
    sealing.bodySm3.clear();
}

class Sm4Envelope final : public Envelope {
public:
    explicit Sm4Envelope(Sm4Settings settings) : settings_(std::move(settings)) {}

    Status seal(Sealing& sealing) const override {
        const std::string data = spelt(sm4Ecb(settings_.key, sealing.body), Spelling::Base64);
        sealing.note("sm4", "input", sealing.body);
        replaceBody(sealing, R"({"citynum":)" + quoted(settings_.cityNum) + R"(,"data":")" + data + R"("})");
        sealing.note("sm4", "output", sealing.body);
        return ok();
    }

private:
    Sm4Settings settings_;
};

class Sm2Envelope final : public Envelope {
public:
    Sm2Envelope(Sm2Settings settings, Sm2Signer signer) : settings_(std::move(settings)), signer_(std::move(signer)) {}

    Status seal(Sealing& sealing) const override {
        // What is signed is this object, written compactly and in this order, before its signature is put in.
        std::string object = R"({"encData":")";
        object.append(spelt(sm4Cbc(settings_.key, settings_.iv, sealing.body), settings_.spelling));
        object.append(R"(","appCode":)").append(quoted(settings_.appCode)).append(R"(,"version":"1.0.0",)");
        object.append(R"("encType":"SM4","signType":"SM2","timestamp":)");
        object.append(spelt(sealing.now, settings_.timestamp)).append("}");
        const auto signature = signer_.sign(object, settings_.layout);
        if (!signature) return tl::unexpected<Error>(signature.error());
        sealing.note("sm2", "input", sealing.body);
        sealing.note("sm2", "string_to_sign", object);
        sealing.note("sm2", "signature", spelt(*signature, settings_.spelling));
        object.pop_back();
        object.append(R"(,"signData":")").append(spelt(*signature, settings_.spelling)).append(R"("})");
        replaceBody(sealing, R"({"data":)" + object + "}");
        sealing.note("sm2", "output", sealing.body);
        return ok();
    }

private:
    Sm2Settings settings_;
    Sm2Signer signer_;
};

}  // namespace

std::unique_ptr<Envelope> makeSm4Envelope(Sm4Settings settings) {
    return std::make_unique<Sm4Envelope>(std::move(settings));
}

std::unique_ptr<Envelope> makeSm2Envelope(Sm2Settings settings, Sm2Signer signer) {
    return std::make_unique<Sm2Envelope>(std::move(settings), std::move(signer));
}

}  // namespace lianzheng
