#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/advice.h"
#include "mappings/problem.h"

namespace lianzheng {

/// What the gateway does about a refusal.
enum class RefusalReaction : std::uint8_t {
    Block,         ///< to a person; looked at again daily by `check`
    SlowDown,      ///< throttled: nothing is counted, sent again later
    ReadBack,      ///< the number is known: ask what the platform holds
    RecordAbsent,  ///< ending something the platform never had: done
};

/// One class of refusal, matched by a fragment of the message (national interface, section 6).
struct Refusal {
    std::string id;  ///< stable, e.g. rule_6
    std::vector<std::string> fragments;
    std::vector<std::string> unless;  ///< fragments that turn the meaning round: with one of them it is not this class
    RefusalReaction reaction{};
    Advice advice;
    /// What helps, and who must act, when the message names the certificate that stands in the way; `{}` in the help is
    /// its number.
    struct Named {
        std::string help;
        Owner owner{};
    };
    std::optional<Named> named;         ///< one of our own province
    std::optional<Named> namedForeign;  ///< one of another
};

/// The advice for a message of this class about the certificate `number`: of the certificates that the message names,
/// the first that is another one, and whose authority it is.
Advice adviceFor(const Refusal& refusal, std::string_view message, std::string_view number);

/// refusals.yaml: the first entry whose fragment occurs in the message; the last one is `unknown` and fits everything.
class RefusalCatalogue {
public:
    static Loaded<RefusalCatalogue> load(const std::filesystem::path& file);
    [[nodiscard]] const Refusal& classify(std::string_view message) const;

private:
    std::vector<Refusal> refusals_;
};

}  // namespace lianzheng
