#include "rule_book.hpp"

#include "cwe.hpp"
#include "message_text.hpp"
#include "severity.hpp"

namespace aspm::host::sarif {

namespace {

/// Pages show the address as a link, so only web addresses pass.
std::string webAddress(const std::string& uri) {
    const bool isWeb = uri.compare(0, 8, "https://") == 0 || uri.compare(0, 7, "http://") == 0;
    return isWeb ? cleanText(uri) : std::string();
}

void readMessages(const JsonView& strings, std::map<std::string, std::string>& messages) {
    for (std::size_t i = 0; i < strings.memberCount(); ++i)
        messages.emplace(strings.memberName(i), strings.memberAt(i).member("text").text());
}

/// The rule's help, else its full description.
void readHelp(const JsonView& view, Rule& rule) {
    for (const char* name : {"help", "fullDescription"}) {
        const JsonView text = view.member(name);
        rule.helpIsMarkdown = !text.member("markdown").text().empty();
        rule.help = cleanText(text.member(rule.helpIsMarkdown ? "markdown" : "text").text());
        if (!rule.help.empty())
            return;
    }
}

RuleEntry readRule(const JsonView& view, const JsonView& taxonomies) {
    RuleEntry entry;
    Rule rule;
    rule.id = collapseSpace(cleanText(view.required("id").text()));
    rule.name = collapseSpace(cleanText(view.member("name").text()));
    if (rule.name.empty())
        rule.name = rule.id;
    readHelp(view, rule);
    rule.helpUri = webAddress(view.member("helpUri").text());
    entry.rule = std::make_shared<const Rule>(std::move(rule));

    entry.guid = view.member("guid").text();
    entry.shortDescription = cleanText(view.member("shortDescription").member("text").text());
    entry.fullDescription = cleanText(view.member("fullDescription").member("text").text());
    entry.level = readLevel(view.member("defaultConfiguration").member("level"));
    const JsonView properties = view.member("properties");
    entry.securityScore = securityScore(properties);
    readTags(properties, entry.tags, entry.cwe);
    const JsonView relationships = view.member("relationships");
    for (std::size_t i = 0; i < relationships.size(); ++i) {
        const std::string found = cweOf(readTaxonReference(relationships.at(i).member("target")), taxonomies);
        if (!found.empty())
            addUnique(entry.cwe, found);
    }
    readMessages(view.member("messageStrings"), entry.messages);
    return entry;
}

} // namespace

RuleBook::RuleBook(const JsonView& tool, const JsonView& taxonomies) {
    _components.push_back(readComponent(tool.required("driver"), taxonomies));
    const JsonView extensions = tool.member("extensions");
    for (std::size_t i = 0; i < extensions.size(); ++i)
        _components.push_back(readComponent(extensions.at(i), taxonomies));
}

RuleBook::Component RuleBook::readComponent(const JsonView& view, const JsonView& taxonomies) {
    Component component;
    component.name = view.member("name").text();
    component.guid = view.member("guid").text();
    const JsonView rules = view.member("rules");
    for (std::size_t i = 0; i < rules.size(); ++i) {
        _entries.push_back(readRule(rules.at(i), taxonomies));
        readMessages(view.member("globalMessageStrings"), _entries.back().messages);
        component.rules.push_back(&_entries.back());
        component.byId.emplace(_entries.back().rule->id, &_entries.back());
    }
    return component;
}

const RuleBook::Component& RuleBook::componentOf(const RuleReference& reference) const {
    if (reference.componentIndex >= 0 &&
        static_cast<std::size_t>(reference.componentIndex) + 1 < _components.size())
        return _components[static_cast<std::size_t>(reference.componentIndex) + 1];
    for (const Component& component : _components) {
        const bool sameGuid = !reference.componentGuid.empty() && component.guid == reference.componentGuid;
        const bool sameName = !reference.componentName.empty() && component.name == reference.componentName;
        if (sameGuid || sameName)
            return component;
    }
    return _components.front();
}

const RuleEntry* RuleBook::byId(const Component& preferred, const std::string& id) const {
    // Section 3.27.5: "CA1000/unused" is a result of rule "CA1000", so components are dropped from the right.
    for (std::string part = id; !part.empty();) {
        if (const auto found = preferred.byId.find(part); found != preferred.byId.end())
            return found->second;
        for (const Component& component : _components)
            if (const auto found = component.byId.find(part); found != component.byId.end())
                return found->second;
        const std::size_t slash = part.rfind('/');
        part.resize(slash == std::string::npos ? 0 : slash);
    }
    return nullptr;
}

const RuleEntry* RuleBook::find(const RuleReference& reference) {
    const Component& component = componentOf(reference);
    const bool inRange =
        reference.index >= 0 && static_cast<std::size_t>(reference.index) < component.rules.size();
    if (inRange) {
        const RuleEntry* entry = component.rules[static_cast<std::size_t>(reference.index)];
        const std::string& id = entry->rule->id;
        // Reports put together from several ones sometimes keep stale indexes; the id is what people see.
        if (reference.id.empty() || reference.id == id ||
            reference.id.compare(0, id.size() + 1, id + "/") == 0)
            return entry;
    }
    if (!reference.guid.empty())
        for (const RuleEntry* entry : component.rules)
            if (entry->guid == reference.guid)
                return entry;
    if (const RuleEntry* entry = byId(component, reference.id))
        return entry;
    if (reference.id.empty() && reference.index >= 0)
        return nullptr;

    const RuleEntry*& undescribed = _undescribed[reference.id];
    if (!undescribed) {
        Rule rule;
        rule.id = rule.name = reference.id;
        _entries.push_back({std::make_shared<const Rule>(std::move(rule)), "", "", "", "", {}, {}, {}, {}});
        undescribed = &_entries.back();
    }
    return undescribed;
}

} // namespace aspm::host::sarif
