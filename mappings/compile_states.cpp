#include "mappings/mapping_context.h"

#include <string>
#include <utility>

namespace lianzheng {

void compileStates(MappingContext& context, const YamlNode& states) {
    YamlFile& yaml = context.yaml;
    if (!yaml.isSequence(states, "state")) return;
    for (const YamlNode& node : states.items) {
        if (!yaml.keys(node, "state", {"when", "is", "description", "description_from"})) continue;
        StateRule rule;
        rule.state = yaml.requiredText(node, "is", "state");
        const auto state = certStateOf(context.out.type, rule.state);
        if (!rule.state.empty() && (!state || *state == CertState::None)) {
            yaml.problem(node, "state: `" + rule.state + "` is no certState; there are 01 to " +
                                   std::string{lastState(context.out.type)} + " and 99");
        }
        // Within the gateway the meaning counts.
        if (state) rule.state = code(*state);
        rule.description = yaml.textOr(node, "description", "state", "");
        if (const YamlNode* from = node.find("description_from")) {
            if (const auto name = yaml.text(*from, "state.description_from")) {
                rule.descriptionColumn = context.column(*from, *name, "state.description_from");
            }
        }
        if (const YamlNode* when = node.find("when")) rule.when = context.conditions(*when, "state.when");
        if (rule.when.empty() && &node != &states.items.back()) {
            yaml.problem(node, "state: only the last rule may do without `when`, because it always holds");
        }
        context.out.states.push_back(std::move(rule));
    }
    if (states.items.empty()) yaml.problem(states, "state has no rules; give at least one");
}

}  // namespace lianzheng
