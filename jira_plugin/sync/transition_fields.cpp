#include "transition_fields.hpp"

#include "jira/json.hpp"
#include "mapping/text.hpp"

#include <algorithm>

namespace jira_plugin::sync {
namespace {

using Names = std::vector<const char*>;

// Jira's own resolutions first (Cloud: Done, Won't Do, Duplicate, Cannot Reproduce; Data Center: Fixed, Won't
// Fix, Duplicate, Incomplete, Cannot Reproduce, Done, Won't Do), then what teams usually add.
const Names& namesFor(Occasion occasion) {
    static const Names resolved{"done", "fixed", "resolved", "complete", "completed"};
    static const Names accepted{"risk accepted", "accepted risk", "accepted", "won't do", "won't fix",
                                "wont do",       "wont fix",      "declined", "rejected"};
    static const Names falsePositive{"false positive", "not a bug",    "cannot reproduce", "can't reproduce",
                                     "invalid",        "not an issue", "won't do",         "won't fix"};
    static const Names deleted{"won't do", "won't fix", "cannot reproduce", "invalid", "done"};
    switch (occasion) {
    case Occasion::Accepted:
        return accepted;
    case Occasion::FalsePositive:
        return falsePositive;
    case Occasion::Deleted:
        return deleted;
    default:
        return resolved;
    }
}

// Jira writes a typographic apostrophe in some languages and versions.
std::string plainName(const std::string& name) {
    std::string text = mapping::lowerAscii(mapping::oneLine(name));
    for (std::size_t at = 0; (at = text.find("\u2019", at)) != std::string::npos;)
        text.replace(at, 3, "'");
    return text;
}

std::string idValue(const std::string& id) {
    Poco::JSON::Object::Ptr value = new Poco::JSON::Object;
    value->set("id", id);
    return jira::json::write(value);
}

// A chosen {"id": ...} that the screen no longer allows would be refused together with everything else.
bool isAllowed(const jira::FieldMeta& field, const std::string& value) {
    const std::string id = jira::json::text(jira::json::parseObject(value), "id");
    return field.allowedValues.empty() || id.empty() ||
           std::any_of(field.allowedValues.begin(), field.allowedValues.end(),
                       [&](const jira::AllowedValue& each) { return each.id == id; });
}

} // namespace

std::optional<jira::AllowedValue> fittingResolution(Occasion occasion,
                                                    const std::vector<jira::AllowedValue>& allowed) {
    for (const char* name : namesFor(occasion))
        for (const jira::AllowedValue& each : allowed)
            if (plainName(each.name) == name)
                return each;
    return std::nullopt;
}

ScreenFill fillScreen(const jira::CreateScreen& screen, bool toDone, const FillSources& sources) {
    ScreenFill fill;
    for (const auto& [id, field] : screen) {
        const auto chosen = sources.chosen.find(id);
        if (chosen != sources.chosen.end() && isAllowed(field, chosen->second)) {
            fill.values[id] = chosen->second;
            continue;
        }
        if (id == "resolution" && toDone)
            if (const auto fitting = fittingResolution(sources.occasion, field.allowedValues)) {
                fill.values[id] = idValue(fitting->id);
                continue;
            }
        if (field.required && !field.hasDefaultValue && sources.alreadySet.count(id) == 0)
            fill.missing.push_back(field.name.empty() ? id : field.name);
    }
    return fill;
}

} // namespace jira_plugin::sync
