#include "world/change_log.hpp"

#include "http/json.hpp"
#include "world/adf_text.hpp"

namespace jira_sim {

namespace {

std::optional<std::string> orNull(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

/// Labels appear in one string, separated by spaces.
std::string joined(const std::vector<std::string>& labels) {
    std::string text;
    for (const std::string& label : labels)
        text += (text.empty() ? "" : " ") + label;
    return text;
}

template <typename Item> std::string nameOf(const Item* item) {
    return item == nullptr ? "" : item->name;
}

struct Difference {
    std::vector<ChangeItem> items;

    void byId(const char* field, const std::string& from, const std::string& fromText, const std::string& to,
              const std::string& toText) {
        if (from != to)
            items.push_back(
                {field, field, orNull(from), orNull(fromText), orNull(to), orNull(toText), false});
    }
    void byText(const std::string& field, const std::string& id, const std::string& from,
                const std::string& to, bool custom = false) {
        if (from != to)
            items.push_back({field, id, std::nullopt, orNull(from), std::nullopt, orNull(to), custom});
    }
};

std::string personName(World& world, const std::string& accountId) {
    const User* user = world.user(accountId);
    return user == nullptr ? "" : user->displayName;
}

std::string valueText(const Issue& issue, const std::string& id) {
    const auto found = issue.values.find(id);
    if (found == issue.values.end())
        return {};
    const json::Value value = json::parse(found->second);
    const bool isText = json::isString(value) || json::memberString(json::asObject(value), "type") == "doc";
    return isText ? adfText(value) : found->second;
}

} // namespace

std::vector<ChangeItem> difference(World& world, const Site& site, const Issue& a, const Issue& b) {
    Difference out;
    if (a.id != 0 && a.key != b.key) { // a move; the items of recorded ones
        const Project* from = site.project(a.projectId);
        const Project* to = site.project(b.projectId);
        out.byId("project", std::to_string(a.projectId), nameOf(from), std::to_string(b.projectId),
                 nameOf(to));
        out.byText("Key", "issuekey", a.key, b.key);
    }
    out.byText("summary", "summary", a.summary, b.summary);
    if (a.id != 0)
        out.byId("issuetype", a.issueTypeId, a.issueTypeId, b.issueTypeId, b.issueTypeId);
    out.byId("priority", a.priorityId, nameOf(site.priority(a.priorityId)), b.priorityId,
             nameOf(site.priority(b.priorityId)));
    out.byId("status", a.statusId, nameOf(site.status(a.statusId)), b.statusId,
             nameOf(site.status(b.statusId)));
    out.byId("resolution", a.resolutionId, nameOf(site.resolution(a.resolutionId)), b.resolutionId,
             nameOf(site.resolution(b.resolutionId)));
    out.byId("assignee", a.assigneeId, personName(world, a.assigneeId), b.assigneeId,
             personName(world, b.assigneeId));
    out.byId("reporter", a.reporterId, personName(world, a.reporterId), b.reporterId,
             personName(world, b.reporterId));
    out.byId("duedate", a.dueDate, a.dueDate, b.dueDate, b.dueDate);
    if (a.labels != b.labels) // recorded logs show the empty text here, and null for other fields
        out.items.push_back(
            {"labels", "labels", std::nullopt, joined(a.labels), std::nullopt, joined(b.labels), false});
    out.byText("IssueParentAssociation", "parent", a.parentKey, b.parentKey);
    std::set<std::string> ids;
    for (const auto* issue : {&a, &b})
        for (const auto& entry : issue->values)
            ids.insert(entry.first);
    for (const std::string& id : ids) {
        const Field* field = site.field(id);
        out.byText(field == nullptr            ? id
                   : field->customType.empty() ? id
                                               : field->name,
                   id, valueText(a, id), valueText(b, id), field != nullptr && !field->customType.empty());
    }
    return out.items;
}

} // namespace jira_sim
