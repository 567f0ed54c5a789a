#include "gateway/service/envelope_settings.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "adapters/envelope/certificate_life.h"
#include "adapters/envelope/hex.h"
#include "adapters/envelope/sm4.h"

namespace lianzheng {
namespace {

/// The parts of a list written with commas, blanks around each cut off.
std::vector<std::string> partsOf(std::string_view list) {
    constexpr std::string_view kBlank = " \t";
    std::vector<std::string> parts;
    while (true) {
        const auto comma = list.find(',');
        std::string_view part = list.substr(0, comma);
        part.remove_prefix(std::min(part.find_first_not_of(kBlank), part.size()));
        part = part.substr(0, part.find_last_not_of(kBlank) + 1);
        parts.emplace_back(part);
        if (comma == std::string_view::npos) return parts;
        list.remove_prefix(comma + 1);
    }
}

class EnvelopeReader {
public:
    explicit EnvelopeReader(SettingsReader& in) : in_(in) {}

    std::vector<EnvelopeSettings> read() {
        const std::vector<std::string> wanted = names();
        if (const auto word = in_.oneOf("envelope.key.encoding", {"raw", "hex", "base64"})) {
            encoding_ = static_cast<KeyEncoding>(*word);
        }
        if (const auto word = in_.oneOf("envelope.encoding", {"lower", "upper", "base64"})) {
            spelling_ = static_cast<Spelling>(*word);
        }
        const auto uses = [&](std::string_view name) { return std::ranges::find(wanted, name) != wanted.end(); };
        // Every key is read, also of an envelope that is not used: a mistake in it shows at once.
        const HmacSettings sm3 = hmac("hmac-sm3", Hash::Sm3, uses("hmac-sm3"));
        const HmacSettings sha = hmac("hmac-sha256", Hash::Sha256, uses("hmac-sha256"));
        const TifSettings tif = readTif(uses("tif"));
        const Sm4Settings sm4 = readSm4(uses("sm4"));
        const Sm2EnvelopeSettings sm2 = readSm2(uses("sm2"));
        std::vector<EnvelopeSettings> inOrder;
        for (const std::string& name : wanted) {
            if (name == "hmac-sm3") inOrder.emplace_back(sm3);
            if (name == "hmac-sha256") inOrder.emplace_back(sha);
            if (name == "tif") inOrder.emplace_back(tif);
            if (name == "sm4") inOrder.emplace_back(sm4);
            if (name == "sm2") inOrder.emplace_back(sm2);
        }
        return inOrder;
    }

private:
    std::vector<std::string> names() {
        std::string list = "none";
        in_.text("envelope.names", list);
        if (list == "none") return {};
        std::vector<std::string> wanted = partsOf(list);
        static const std::vector<std::string> kKnown{"tif", "sm4", "sm2", "hmac-sm3", "hmac-sha256"};
        for (auto each = wanted.begin(); each != wanted.end(); ++each) {
            const bool known = std::ranges::find(kKnown, *each) != kKnown.end();
            if (known && std::find(wanted.begin(), each, *each) == each) continue;
            in_.problem(
                "envelope.names",
                "must be none, or some of tif, sm4, sm2, hmac-sm3, hmac-sha256, each once, separated by commas");
            return {};
        }
        return wanted;
    }

    void needed(bool used, const std::string& key, const std::string& value, std::string_view name) {
        if (used && value.empty()) in_.problem(key, "is needed with envelope.names = " + std::string(name));
    }

    Timestamp timestamp(const std::string& key, Timestamp otherwise) {
        const auto word = in_.oneOf(key, {"ms", "s"});
        return word ? static_cast<Timestamp>(*word) : otherwise;
    }

    /// The key a file holds, as envelope.key.encoding says; `bytes` 0: of any length.
    std::string keyOf(const std::string& name, bool used, std::size_t bytes) {
        std::string content;
        in_.secretFile(name, used, content);
        if (content.empty()) return {};
        auto key = decodeKey(content, encoding_);
        if (!key) {
            in_.problem(name, "names a key that is not written as envelope.key.encoding says");
            return {};
        }
        if (bytes != 0 && key->size() != bytes) {
            in_.problem(name, "names a key of " + std::to_string(key->size()) + " bytes, and " + std::to_string(bytes) +
                                  " are needed: check envelope.key.encoding");
            return {};
        }
        return std::move(*key);
    }

    /// The names of four headers, in the order of application, time, nonce, signature.
    void headers(const std::string& key, std::string& first, std::string& second, std::string& third,
                 std::string& fourth) {
        std::string list;
        in_.text(key, list);
        if (list.empty()) return;
        const std::vector<std::string> parts = partsOf(list);
        const auto isName = [](const std::string& part) {
            return !part.empty() && std::ranges::all_of(part, [](char c) {
                return c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            });
        };
        if (parts.size() != 4 || !std::ranges::all_of(parts, isName)) {
            in_.problem(key, "must be four names of headers separated by commas: application, time, nonce, signature");
            return;
        }
        first = parts[0];
        second = parts[1];
        third = parts[2];
        fourth = parts[3];
    }

    HmacSettings hmac(const std::string& name, Hash hash, bool used) {
        const std::string prefix = "envelope." + name + ".";
        HmacSettings out;
        out.hash = hash;
        out.spelling = spelling_;
        in_.text(prefix + "app.id", out.appId);
        needed(used, prefix + "app.id", out.appId, name);
        out.key = keyOf(prefix + "key.file", used, 0);
        out.timestamp = timestamp(prefix + "timestamp", out.timestamp);
        headers(prefix + "headers", out.appIdHeader, out.timestampHeader, out.nonceHeader, out.signatureHeader);
        return out;
    }

    TifSettings readTif(bool used) {
        TifSettings out;
        out.spelling = spelling_;
        in_.text("envelope.tif.paas.id", out.paasId);
        needed(used, "envelope.tif.paas.id", out.paasId, "tif");
        in_.secretFile("envelope.tif.key.file", false, out.token);
        if (const auto word = in_.oneOf("envelope.tif.digest", {"sm3", "sha256"})) out.hash = static_cast<Hash>(*word);
        out.timestamp = timestamp("envelope.tif.timestamp", out.timestamp);
        headers("envelope.tif.headers", out.paasIdHeader, out.timestampHeader, out.nonceHeader, out.signatureHeader);
        return out;
    }

    Sm4Settings readSm4(bool used) {
        Sm4Settings out;
        in_.text("envelope.sm4.citynum", out.cityNum);
        needed(used, "envelope.sm4.citynum", out.cityNum, "sm4");
        out.key = keyOf("envelope.sm4.key.file", used, kSm4Bytes);
        return out;
    }

    Sm2EnvelopeSettings readSm2(bool used) {
        Sm2EnvelopeSettings out;
        Sm2Settings& settings = out.settings;
        settings.spelling = spelling_;
        in_.text("envelope.sm2.app.code", settings.appCode);
        needed(used, "envelope.sm2.app.code", settings.appCode, "sm2");
        settings.key = keyOf("envelope.sm2.sm4.key.file", used, kSm4Bytes);
        std::string iv;
        in_.text("envelope.sm2.iv", iv);
        const auto bytes = fromHex(iv);
        if (!iv.empty() && (!bytes || bytes->size() != kSm4Bytes)) {
            in_.problem("envelope.sm2.iv", "must be 32 hex characters");
        } else if (!iv.empty()) {
            settings.iv = *bytes;
        }
        settings.timestamp = timestamp("envelope.sm2.timestamp", settings.timestamp);
        if (const auto word = in_.oneOf("envelope.sm2.signature", {"rs", "der"})) {
            settings.layout = static_cast<Sm2Layout>(*word);
        }
        in_.text("envelope.sm2.user.id", out.userId);
        in_.secretFile("envelope.sm2.key.file", used, out.signingKeyPem);
        if (!out.signingKeyPem.empty() && !Sm2Signer::load(out.signingKeyPem, out.userId)) {
            in_.problem("envelope.sm2.key.file", "names a file that is not a private key on the SM2 curve in PEM");
        }
        in_.readableFile("envelope.sm2.certificate.file", out.certificateFile);
        std::string certificate;
        if (!out.certificateFile.empty()) in_.secretFile("envelope.sm2.certificate.file", false, certificate);
        if (!certificate.empty() && !out.signingKeyPem.empty() && !belongsTogether(certificate, out.signingKeyPem)) {
            in_.problem("envelope.sm2.certificate.file",
                        "names a file that is not the certificate of envelope.sm2.key.file");
        }
        return out;
    }

    SettingsReader& in_;
    KeyEncoding encoding_ = KeyEncoding::Raw;
    Spelling spelling_ = Spelling::LowerHex;
};

struct Maker {
    std::unique_ptr<Envelope> operator()(const HmacSettings& settings) const { return makeHmacEnvelope(settings); }
    std::unique_ptr<Envelope> operator()(const TifSettings& settings) const { return makeTifEnvelope(settings); }
    std::unique_ptr<Envelope> operator()(const Sm4Settings& settings) const { return makeSm4Envelope(settings); }
    std::unique_ptr<Envelope> operator()(const Sm2EnvelopeSettings& sm2) const {
        return makeSm2Envelope(sm2.settings, Sm2Signer::load(sm2.signingKeyPem, sm2.userId).value());
    }
};

}  // namespace

std::vector<EnvelopeSettings> readEnvelopes(SettingsReader& in) { return EnvelopeReader(in).read(); }

std::unique_ptr<Envelope> makeEnvelope(const std::vector<EnvelopeSettings>& inOrder) {
    std::vector<std::unique_ptr<Envelope>> envelopes;
    envelopes.reserve(inOrder.size());
    for (const EnvelopeSettings& each : inOrder) envelopes.push_back(std::visit(Maker{}, each));
    return makeEnvelopes(std::move(envelopes));
}

}  // namespace lianzheng
