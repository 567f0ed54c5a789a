#include <string>

#include "gateway/store/packed_text.h"
#include "gateway/store/step_codec.h"
#include "tests/fuzz/fuzz.h"

namespace lianzheng {
namespace {

struct TypeOf {
    std::optional<OperateType> operator()(const AssignCode& call) const { return call.operateType; }
    std::optional<OperateType> operator()(const CheckAdmission& call) const { return call.operateType; }
    std::optional<OperateType> operator()(const UpdateState& call) const { return call.operateType; }
    template <class Other>
    std::optional<OperateType> operator()(const Other& /*call*/) const {
        return std::nullopt;
    }
};

/// What was read is written in one way, and read again it is the same.
template <class Decode, class Encode>
void demandFixed(std::string_view text, Decode decode, Encode encode) {
    const auto value = decode(text);
    if (!value) return demand(value.error().fault == Fault::Corrupt, "what cannot be read is corrupt");
    const std::string written = encode(*value);
    const auto again = decode(written);
    demand(again && encode(*again) == written, "written and read it is the same");
}

void step(std::string_view text) {
    demandFixed(text, decodeStep, encodeStep);
    const Result<Step> step = decodeStep(text);
    if (!step) return;
    const auto type = std::visit(TypeOf{}, step->request);
    if (type) demand(!code(*type).empty(), "an operation there is");
    demand(step->after == CertState::None || !code(step->after).empty(), "a state there is");
    demand(step->lane <= Lane::Campaign, "a lane there is");
    demand(!stepName(*step).empty(), "it has a name");
}

}  // namespace
}  // namespace lianzheng

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lianzheng;
    const std::string_view text = textOf(data, size);
    step(text);
    demandFixed(text, decodeAcknowledged, encodeAcknowledged);
    demandFixed(text, decodeItems, encodeItems);

    PackedWriter writer;
    const std::string packed = writer.add(text).add(std::int64_t{-7}).add(Digest{}).take();
    for (std::string_view rest = packed; !rest.empty(); rest.remove_prefix(utf8Length(rest)))
        demand(utf8Length(rest) > 0, "packed text is UTF-8 without NUL");
    PackedReader reader(packed);
    demand(reader.text() == text && reader.integer() == -7 && reader.digest().none() && reader.finished(),
           "any bytes come out as they went in");
    return 0;
}
