#include "adapters/national/batch_reply.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>

namespace lianzheng {
namespace {

namespace dom = simdjson::dom;

/// Whether an item of SuccessData is about the request. An update's may bear its number alone, a collect's the code.
struct Lists {
    const dom::object& item;
    [[nodiscard]] bool has(std::string_view name, std::string_view value) const {
        return !value.empty() && optionalText(item, name) == value;
    }
    bool operator()(const CollectLicence& call) const {
        return has("ID", call.codeId) || has("zzeCertID", call.zzeCertId);
    }
    bool operator()(const auto& event) const {
        if constexpr (requires { event.eCertId; }) {
            const auto guid = optionalText(item, "eCertID");
            if (guid && !guid->empty()) return *guid == event.eCertId;
            return has("certNum", event.record[Field::CertNum]);
        }
        return false;
    }
};

/// What was said of one item.
struct Said {
    std::vector<const dom::object*> listed;
    std::vector<Message> warnings;
    std::vector<Message> errors;
};

Result<Verdict> judge(const Request& item, const Said& said, bool refusedInPart, const CodeKey& codeKey) {
    Verdict verdict;
    if (!said.errors.empty()) {
        if (!said.listed.empty()) return malformed(item, "malformed_contradictory");
        verdict.kind = Verdict::Kind::Refused;
        verdict.message = joined(said.errors, {});
        return verdict;
    }
    if (refusedInPart && said.listed.empty()) return malformed(item, "unsaid");
    verdict.kind = said.warnings.empty() ? Verdict::Kind::Accepted : Verdict::Kind::AcceptedWithWarnings;
    verdict.message = joined(said.warnings, {});
    if (const auto* assign = std::get_if<AssignCode>(&item)) {
        if (said.listed.size() != 1) return malformed(item, "malformed_success");
        if (const Malformed why = readCode(codeKey, *assign, *said.listed.front(), verdict.code)) {
            return malformed(item, why);
        }
    }
    return verdict;
}

/// Puts each message to the items that it names, and to `unnamed` when it names none; false: it names what was not
/// sent.
bool give(const Batch& batch, const std::vector<Message>& messages, std::vector<Message> Said::*list,
          std::vector<Said>& said, std::vector<Message>& unnamed) {
    for (const Message& message : messages) {
        if (message.guid.empty()) {
            unnamed.push_back(message);
            continue;
        }
        bool taken = false;
        for (std::size_t i = 0; i < said.size(); ++i) {
            if (!names(batch.items[i], message.guid)) continue;
            (said[i].*list).push_back(message);
            taken = true;
        }
        if (!taken) return false;
    }
    return true;
}

void giveListed(const Batch& batch, const Answer& answer, std::vector<Said>& said) {
    for (const dom::object& item : answer.success) {
        for (std::size_t i = 0; i < said.size(); ++i) {
            if (std::visit(Lists{item}, batch.items[i])) said[i].listed.push_back(&item);
        }
    }
}

}  // namespace

BatchVerdicts judgeBatch(const Batch& batch, const Answer& answer, const CodeKey& codeKey) {
    BatchVerdicts verdicts;
    const Request whole = batch;
    const bool refused = answer.returnCode == 0;
    if (!refused && !answer.errors.empty()) {
        verdicts.malformed = "malformed_contradictory";
        return verdicts;
    }
    std::vector<Said> said(batch.items.size());
    std::vector<Message> unnamed;
    // A message that names what was not sent belongs to another call.
    if (!give(batch, answer.errors, &Said::errors, said, unnamed) ||
        !give(batch, answer.warnings, &Said::warnings, said, unnamed) || foreign(whole, answer)) {
        verdicts.malformed = "malformed_foreign";
        return verdicts;
    }
    giveListed(batch, answer, said);
    verdicts.whole.kind = refused                  ? Verdict::Kind::Refused
                          : answer.returnCode == 2 ? Verdict::Kind::AcceptedWithWarnings
                                                   : Verdict::Kind::Accepted;
    verdicts.whole.message = joined(unnamed, answer.returnMessage);
    for (std::size_t i = 0; i < said.size(); ++i) {
        verdicts.items.push_back(judge(batch.items[i], said[i], refused, codeKey));
    }
    return verdicts;
}

}  // namespace lianzheng
