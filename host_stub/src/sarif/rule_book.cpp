#include "rule_book.hpp"

#include "cwe.hpp"
#include "message_text.hpp"
#include "severity.hpp"

namespace aspm::host::sarif {

namespace {

/// Far beyond any scanner; a result may have to look through all of them.
constexpr std::size_t maxExtensions = 1000;

/// How many components of a hierarchical rule id are tried.
constexpr int maxIdComponents = 8;

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

RuleEntry readRule(const JsonView& view, const Taxonomies& taxonomies) {
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
        const std::string found = taxonomies.cweOf(readTaxonReference(relationships.at(i).member("target")));
        if (!found.empty())
            addUnique(entry.cwe, found);
    }
    readMessages(view.member("messageStrings"), entry.messages);
    return entry;
}

} // namespace

std::string RuleEntry::message(const std::string& id) const {
    if (const auto found = messages.find(id); found != messages.end())
        return found->second;
    if (globalMessages)
        if (const auto found = globalMessages->find(id); found != globalMessages->end())
            return found->second;
    return {};
}

RuleBook::RuleBook(const JsonView& tool, const Taxonomies& taxonomies) {
    _components.push_back(readComponent(tool.required("driver"), taxonomies));
    const JsonView extensions = tool.member("extensions");
    if (extensions.size() > maxExtensions)
        extensions.fail("has more than " + std::to_string(maxExtensions) + " entries");
    for (std::size_t i = 0; i < extensions.size(); ++i)
        _components.push_back(readComponent(extensions.at(i), taxonomies));
}

RuleBook::Component RuleBook::readComponent(const JsonView& view, const Taxonomies& taxonomies) {
    Component component;
    component.name = view.member("name").text();
    component.guid = view.member("guid").text();
    auto globalMessages = std::make_shared<std::map<std::string, std::string>>();
    readMessages(view.member("globalMessageStrings"), *globalMessages);
    const JsonView rules = view.member("rules");
    for (std::size_t i = 0; i < rules.size(); ++i) {
        _entries.push_back(readRule(rules.at(i), taxonomies));
        RuleEntry& entry = _entries.back();
        entry.globalMessages = globalMessages;
        component.rules.push_back(&entry);
        component.byId.emplace(entry.rule->id, &entry);
        if (!entry.guid.empty())
            component.byGuid.emplace(entry.guid, &entry);
        _byId.emplace(entry.rule->id, &entry);
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
    std::string part = id;
    for (int tries = 0; tries < maxIdComponents && !part.empty(); ++tries) {
        if (const auto found = preferred.byId.find(part); found != preferred.byId.end())
            return found->second;
        if (const auto found = _byId.find(part); found != _byId.end())
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
    if (const auto found = component.byGuid.find(reference.guid); found != component.byGuid.end())
        return found->second;
    if (const RuleEntry* entry = byId(component, reference.id))
        return entry;
    if (reference.id.empty() && reference.index >= 0)
        return nullptr;

    const RuleEntry*& undescribed = _undescribed[reference.id];
    if (!undescribed) {
        Rule rule;
        rule.id = rule.name = reference.id;
        _entries.emplace_back();
        _entries.back().rule = std::make_shared<const Rule>(std::move(rule));
        undescribed = &_entries.back();
    }
    return undescribed;
}

} // namespace aspm::host::sarif
