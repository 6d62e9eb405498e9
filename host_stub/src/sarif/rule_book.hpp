/// The rules that a run's tool describes, and how a result finds its own.
#pragma once

#include "aspm_host/sarif.hpp"

#include "cwe.hpp"
#include "json_value.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace aspm::host::sarif {

/// How a result names its rule: `ruleId`, `ruleIndex` and `rule` (sections 3.27.5 to 3.27.7 of the format).
struct RuleReference {
    std::string id;
    std::int64_t index = -1;
    std::string guid;
    std::int64_t componentIndex = -1; ///< Into the tool's extensions; -1 for the driver.
    std::string componentName;
    std::string componentGuid;
};

/// What is needed of a rule to make findings.
struct RuleEntry {
    std::shared_ptr<const Rule> rule;
    std::string guid;
    std::string shortDescription;
    std::string fullDescription;
    std::string level; ///< The default configuration's; empty when it says nothing.
    std::optional<double> securityScore;
    std::vector<std::string> cwe;
    std::vector<std::string> tags;
    std::map<std::string, std::string> messages;                              ///< By message id.
    std::shared_ptr<const std::map<std::string, std::string>> globalMessages; ///< Of its tool component.

    /// The text with that id; empty when there is none.
    std::string message(const std::string& id) const;
};

class RuleBook {
public:
    RuleBook(const JsonView& tool, const Taxonomies& taxonomies);

    /// The rule of a result. A result may name a rule that the tool does not describe; it then gets an entry
    /// with nothing but the id. Null when an index points outside the rules and there is no id to go by.
    /// The entry lives as long as the book.
    const RuleEntry* find(const RuleReference& reference);

private:
    struct Component {
        std::string name;
        std::string guid;
        std::vector<const RuleEntry*> rules;
        std::unordered_map<std::string, const RuleEntry*> byId;
        std::unordered_map<std::string, const RuleEntry*> byGuid;
    };

    Component readComponent(const JsonView& view, const Taxonomies& taxonomies);
    const Component& componentOf(const RuleReference& reference) const;
    const RuleEntry* byId(const Component& preferred, const std::string& id) const;

    std::deque<RuleEntry> _entries;
    std::vector<Component> _components;                      ///< The driver, then the extensions.
    std::unordered_map<std::string, const RuleEntry*> _byId; ///< Of all components, the first of each id.
    std::unordered_map<std::string, const RuleEntry*> _undescribed;
};

} // namespace aspm::host::sarif
