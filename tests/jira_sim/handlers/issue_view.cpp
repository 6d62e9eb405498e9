#include <algorithm>

#include "handlers/views.hpp"

namespace jira_sim::view {

FieldSelection::FieldSelection(const std::vector<std::string>& wanted, const std::string& fallback) {
    std::vector<std::string> list = wanted;
    const bool onlyExclusions = std::all_of(list.begin(), list.end(),
                                            [](const std::string& item) { return item.rfind('-', 0) == 0; });
    if (onlyExclusions)
        list.push_back(fallback);
    for (const std::string& item : list) {
        if (item == "*all")
            _all = true;
        else if (item == "*navigable")
            _navigable = true;
        else if (item.rfind('-', 0) == 0)
            _excluded.insert(item.substr(1));
        else
            _named.insert(item);
    }
    _idOnly = !_all && !_navigable && _named == std::set<std::string>{"id"};
}

bool FieldSelection::has(const std::string& id, bool navigable) const {
    if (_excluded.count(id) != 0)
        return false;
    return _all || (_navigable && navigable) || _named.count(id) != 0;
}

namespace {

json::Value textOrNull(const std::string& text) {
    return text.empty() ? json::Value() : json::Value(text);
}

json::Value customValue(const Call& call, const Field& field, const std::string& text) {
    const json::Value value = stored(text);
    if (field.kind == FieldKind::User)
        return user(call, value.convert<std::string>());
    if (field.kind != FieldKind::MultiUser)
        return value;
    json::ArrayPtr people = json::array();
    for (const json::Value& id : *json::asArray(value))
        people->add(user(call, id.convert<std::string>()));
    return people;
}

json::ObjectPtr commentPage(const Call& call, const Issue& issue) {
    json::ArrayPtr comments = json::array();
    for (const Comment& item : issue.comments)
        if (call.forWebhook || mayRead(*call.user, item))
            comments->add(comment(call, issue, item));
    const auto total = static_cast<std::int64_t>(comments->size());
    return json::object({{"comments", comments},
                         {"self", call.apiUrl("/issue/" + std::to_string(issue.id) + "/comment")},
                         {"maxResults", total},
                         {"total", total},
                         {"startAt", 0}});
}

json::Value parentView(const Call& call, const Issue& issue) {
    const IssuePtr parent = issue.parentKey.empty() ? nullptr : call.site->issues.find(issue.parentKey);
    if (!parent)
        return {};
    json::ObjectPtr object = created(call, *parent);
    object->set("fields",
                json::object({{"summary", parent->summary}, {"status", status(call, parent->statusId)}}));
    return object;
}

/// Fields are made only when asked for: descriptions are long.
class FieldWriter {
public:
    FieldWriter(const FieldSelection& selection) : _selection(selection) {}
    template <typename Make> void add(const char* id, Make make, bool navigable = true) {
        if (_selection.has(id, navigable))
            fields->set(id, make());
    }
    json::ObjectPtr fields = json::object();

private:
    const FieldSelection& _selection;
};

json::ObjectPtr fieldsOf(const Call& call, const Issue& issue, const Project& home,
                         const FieldSelection& selection) {
    const IssueType* type = jira_sim::issueType(home, issue.issueTypeId);
    const Priority* level = call.site->priority(issue.priorityId);
    FieldWriter out(selection);
    const auto moment = [](std::int64_t ms) {
        return [ms] { return ms == 0 ? json::Value() : json::Value(jiraDateTime(ms)); };
    };
    const auto person = [&](const std::string& id) { return [&call, id] { return user(call, id); }; };
    if (!call.isDataCenter())
        out.add("statuscategorychangedate", moment(issue.statusChangedMs));
    out.add("issuetype", [&] {
        return type == nullptr ? json::Value() : json::Value(view::issueType(call, home, *type));
    });
    out.add("project", [&] { return json::Value(view::project(call, home)); });
    if (!call.isDataCenter())
        out.add("parent", [&] { return parentView(call, issue); });
    out.add("resolution", [&] { return resolution(call, issue.resolutionId); });
    out.add("resolutiondate", moment(issue.resolvedMs));
    out.add("created", moment(issue.createdMs));
    out.add("updated", moment(issue.updatedMs));
    out.add("priority",
            [&] { return level == nullptr ? json::Value() : json::Value(view::priority(call, *level)); });
    out.add("labels", [&] {
        json::ArrayPtr labels = json::array();
        for (const std::string& label : issue.labels)
            labels->add(label);
        return json::Value(labels);
    });
    out.add("assignee", person(issue.assigneeId));
    out.add("reporter", person(issue.reporterId));
    out.add("creator", person(issue.creatorId));
    out.add("status", [&] { return status(call, issue.statusId); });
    out.add("summary", [&] { return json::Value(issue.summary); });
    out.add("duedate", [&] { return textOrNull(issue.dueDate); });
    out.add(
        "comment", [&] { return json::Value(commentPage(call, issue)); }, false);
    for (const Field& field : call.site->fields) {
        const auto value = issue.values.find(field.id);
        const bool other = !field.customType.empty() || field.kind == FieldKind::RichText ||
                           field.kind == FieldKind::Components || field.kind == FieldKind::Versions;
        if (!other ||
            (type != nullptr && value == issue.values.end() && screenField(*type, field.id) == nullptr))
            continue;
        out.add(field.id.c_str(), [&] {
            if (value != issue.values.end())
                return customValue(call, field, value->second);
            const bool isList = field.kind == FieldKind::Components || field.kind == FieldKind::Versions;
            return isList ? json::Value(json::array()) : json::Value();
        });
    }
    return out.fields;
}

void addExpansions(const Call& call, const Issue& issue, const Project& home, const IssueParts& parts,
                   json::ObjectPtr object) {
    if (parts.expand.count("changelog") != 0) {
        json::ArrayPtr histories = json::array();
        for (auto item = issue.changes.rbegin(); item != issue.changes.rend(); ++item)
            histories->add(change(call, *item));
        const auto total = static_cast<std::int64_t>(issue.changes.size());
        object->set("changelog",
                    json::object(
                        {{"startAt", 0}, {"maxResults", total}, {"total", total}, {"histories", histories}}));
    }
    if (parts.expand.count("transitions") != 0) {
        json::ArrayPtr list = json::array();
        for (const Transition* item : transitionsOf(*call.user, home, issue))
            list->add(transition(call, issue, *item, false));
        object->set("transitions", list);
    }
    if (parts.expand.count("names") != 0) {
        json::ObjectPtr names = json::object();
        for (const Field& field : call.site->fields)
            names->set(field.id, field.name);
        object->set("names", names);
    }
    if (parts.properties.empty())
        return;
    json::ObjectPtr properties = json::object();
    for (const std::string& key : parts.properties) {
        const auto found = issue.properties.find(key);
        if (found != issue.properties.end())
            properties->set(key, stored(found->second));
    }
    object->set("properties", properties);
}

} // namespace

json::ObjectPtr issue(const Call& call, const Issue& issue, const FieldSelection& fields,
                      const IssueParts& parts) {
    const std::string id = std::to_string(issue.id);
    const Project* home = call.site->project(issue.projectId);
    if (home == nullptr || (fields.isIdOnly() && parts.properties.empty() && parts.expand.empty()))
        return json::object({{"id", id}});
    json::ObjectPtr object = json::object(
        {{"expand", "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations"},
         {"id", id},
         {"self", call.apiUrl("/issue/" + id)},
         {"key", issue.key}});
    if (!fields.isIdOnly())
        object->set("fields", fieldsOf(call, issue, *home, fields));
    addExpansions(call, issue, *home, parts, object);
    return object;
}

} // namespace jira_sim::view
