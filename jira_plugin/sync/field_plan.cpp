#include "field_plan.hpp"

#include "mapping/text.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

namespace jira_plugin::sync {
namespace {

using Labels = std::set<std::string>;

constexpr std::array<const char*, ownedFieldCount> names{"title", "priority", "labels", "assignee",
                                                         "due_date"};

std::string joined(const Labels& labels, const char* separator = " ") {
    std::string text;
    for (const std::string& label : labels)
        text += (text.empty() ? "" : separator) + label;
    return text;
}

Labels split(const std::string& text) {
    Labels labels;
    std::istringstream words(text);
    for (std::string label; words >> label;)
        labels.insert(label);
    return labels;
}

/// A field with one value, as it is, as it should be and as we left it.
struct Single {
    OwnedField field;
    std::string inJira;                ///< as Jira takes it
    std::string inJiraName;            ///< for people
    std::optional<std::string> wanted; ///< nothing: no opinion
    std::string wantedName;
    std::optional<std::string> before; ///< what was wanted before the change
};

class Planner {
public:
    Planner(const SyncSettings& settings, const store::SetFields& last) : _settings(settings), _last(last) {}

    /// Whether it is to be written.
    bool single(const Single& value) {
        const Ownership owner = _settings.owner(value.field);
        const char* name = toString(value.field);
        if (owner == Ownership::SetOnce || !value.wanted)
            return false;
        const auto found = _last.find(name);
        const bool isKnown = found != _last.end();
        if (value.inJira == *value.wanted) {
            if (!isKnown || (found->second.value != *value.wanted && !found->second.ended))
                plan.known[name] = {*value.wanted, false};
            return false;
        }
        if (owner == Ownership::UntilEdited) {
            if (isKnown && found->second.ended)
                return false;
            const auto baseline = isKnown ? std::optional<std::string>(found->second.value) : value.before;
            if (!baseline)
                return false; // nobody knows whose value it is
            if (value.inJira != *baseline) {
                plan.known[name] = {*baseline, true};
                plan.ended.push_back({value.field, value.inJiraName, value.wantedName});
                return false;
            }
        }
        plan.afterEdit[name] = {*value.wanted, false};
        plan.written.push_back({value.field, value.inJiraName, value.wantedName});
        return true;
    }

    void labels(const Labels& inJira, const Labels& wanted, const std::optional<Labels>& before,
                const std::string& dedupeLabel) {
        const Ownership owner = _settings.owner(OwnedField::Labels);
        const auto found = _last.find("labels");
        if (owner == Ownership::SetOnce || wanted.empty() ||
            (found != _last.end() && found->second.ended && owner != Ownership::Ours))
            return;
        Labels ours = found != _last.end() ? split(found->second.value) : Labels();
        if (found == _last.end() && before)
            std::copy_if(before->begin(), before->end(), std::inserter(ours, ours.end()),
                         [&](const std::string& label) { return inJira.count(label) != 0; });
        Labels after;
        for (const std::string& label : wanted) {
            const bool isThere = inJira.count(label) != 0, wasSet = ours.count(label) != 0;
            // A label of ours that is gone was taken off by a person.
            const bool isTakenOff = wasSet && !isThere && owner != Ownership::Ours;
            if (!isThere && !isTakenOff)
                plan.edit.addLabels.push_back(label);
            // One that a person put there before us is the person's.
            if (wasSet || !isThere)
                after.insert(label);
        }
        for (const std::string& label : ours)
            if (wanted.count(label) == 0 && label != dedupeLabel && inJira.count(label) != 0)
                plan.edit.removeLabels.push_back(label);
            else if (label == dedupeLabel)
                after.insert(label);
        if (plan.edit.addLabels.empty() && plan.edit.removeLabels.empty()) {
            if (found == _last.end() || split(found->second.value) != after)
                plan.known["labels"] = {joined(after), false};
            return;
        }
        plan.afterEdit["labels"] = {joined(after), false};
        plan.written.push_back({OwnedField::Labels, joined(inJira, ", "), joined(wanted, ", ")});
    }

    FieldPlan plan;

private:
    const SyncSettings& _settings;
    const store::SetFields& _last;
};

Labels toSet(const std::vector<std::string>& labels) {
    return {labels.begin(), labels.end()};
}

// A due date that is no longer given goes where we set it; other people's dates stay.
std::optional<std::string> wantedDueDate(const WantedFields& wanted,
                                         const std::optional<WantedFields>& before,
                                         const store::SetFields& last, const jira::IssueState& now) {
    if (wanted.dueDate)
        return wanted.dueDate;
    const auto found = last.find("due_date");
    const auto ours = found != last.end() ? std::optional<std::string>(found->second.value)
                      : before            ? before->dueDate
                                          : std::nullopt;
    const bool isOurs = ours && !ours->empty() && *ours == now.dueDate;
    return isOurs ? std::optional<std::string>("") : std::nullopt;
}

std::optional<std::string> idOf(const std::optional<FieldValue>& value) {
    return value ? std::optional<std::string>(value->id) : std::nullopt;
}

std::string orNone(const std::string& text) {
    return text.empty() ? "none" : text;
}

} // namespace

store::SetFields othersFields() {
    store::SetFields fields;
    for (const char* name : names)
        fields[name] = {"", true};
    return fields;
}

const char* toString(OwnedField field) {
    return names[static_cast<std::size_t>(field)];
}

std::string forPeople(OwnedField field) {
    constexpr std::array<const char*, ownedFieldCount> words{"The title", "The priority", "The labels",
                                                             "The assignee", "The due date"};
    return words[static_cast<std::size_t>(field)];
}

FieldPlan planFields(const SyncSettings& settings, const store::SetFields& last, const WantedFields& wanted,
                     const std::optional<WantedFields>& before, const jira::IssueState& now,
                     const std::string& dedupeLabel) {
    Planner planner(settings, last);
    jira::IssueEdit& edit = planner.plan.edit;
    const std::string title = mapping::oneLine(now.summary);
    if (planner.single({OwnedField::Title, title, title, wanted.title, wanted.title,
                        before ? std::optional<std::string>(before->title) : std::nullopt}))
        edit.summary = wanted.title;
    if (planner.single({OwnedField::Priority, now.priority.id, orNone(now.priority.name),
                        idOf(wanted.priority), wanted.priority ? wanted.priority->name : "",
                        before ? idOf(before->priority) : std::nullopt}))
        edit.priorityId = wanted.priority->id;
    if (planner.single({OwnedField::Assignee, now.assignee.id, orNone(now.assignee.name),
                        idOf(wanted.assignee), wanted.assignee ? wanted.assignee->name : "", std::nullopt}))
        edit.assigneeId = wanted.assignee->id;
    const auto dueDate = wantedDueDate(wanted, before, last, now);
    if (planner.single({OwnedField::DueDate, now.dueDate, orNone(now.dueDate), dueDate,
                        orNone(dueDate.value_or("")),
                        before ? std::optional<std::string>(before->dueDate.value_or("")) : std::nullopt}))
        edit.dueDate = dueDate;
    planner.labels(toSet(now.labels), toSet(wanted.labels),
                   before ? std::optional<Labels>(toSet(before->labels)) : std::nullopt, dedupeLabel);
    return std::move(planner.plan);
}

} // namespace jira_plugin::sync
