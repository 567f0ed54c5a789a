#include "adapters/envelope/envelope.h"

#include <optional>
#include <utility>

#include "adapters/envelope/hex.h"

namespace lianzheng {
namespace {

class PlainEnvelope final : public Envelope {
public:
    Status seal(Sealing& /*sealing*/) const override { return ok(); }
};

class Envelopes final : public Envelope {
public:
    explicit Envelopes(std::vector<std::unique_ptr<Envelope>> inOrder) : inOrder_(std::move(inOrder)) {}
    Status seal(Sealing& sealing) const override {
        for (const auto& envelope : inOrder_) {
            if (Status sealed = envelope->seal(sealing); !sealed) return sealed;
        }
        return ok();
    }
    Status sealLogin(Sealing& sealing) const override {
        for (const auto& envelope : inOrder_) {
            if (Status sealed = envelope->sealLogin(sealing); !sealed) return sealed;
        }
        return ok();
    }
    [[nodiscard]] Result<std::string> open(std::string body) const override {
        Result<std::string> opened = std::move(body);
        for (auto each = inOrder_.rbegin(); opened && each != inOrder_.rend(); ++each) {
            opened = (*each)->open(std::move(*opened));
        }
        return opened;
    }

private:
    std::vector<std::unique_ptr<Envelope>> inOrder_;
};

class ExplainingEnvelope final : public Envelope {
public:
    ExplainingEnvelope(const Envelope& real, std::vector<SealingStep>& steps) : real_(real), steps_(steps) {}
    Status seal(Sealing& sealing) const override {
        steps_.clear();
        sealing.steps = &steps_;
        sealing.note("", "path", sealing.path);
        sealing.note("", "body", sealing.body);
        Status sealed = real_.seal(sealing);
        for (const auto& [name, value] : sealing.headers)
            sealing.note("", "header", std::string(name).append(": ").append(value));
        sealing.note("", "body_sent", sealing.body);
        sealing.steps = nullptr;
        return sealed;
    }
    Status sealLogin(Sealing& sealing) const override { return real_.sealLogin(sealing); }
    [[nodiscard]] Result<std::string> open(std::string body) const override { return real_.open(std::move(body)); }

private:
    const Envelope& real_;
    std::vector<SealingStep>& steps_;
};

std::string_view withoutLineEnd(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::unique_ptr<Envelope> makePlainEnvelope() { return std::make_unique<PlainEnvelope>(); }

std::unique_ptr<Envelope> makeEnvelopes(std::vector<std::unique_ptr<Envelope>> inOrder) {
    return std::make_unique<Envelopes>(std::move(inOrder));
}

std::unique_ptr<Envelope> makeExplainingEnvelope(const Envelope& real, std::vector<SealingStep>& steps) {
    return std::make_unique<ExplainingEnvelope>(real, steps);
}

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
