#include "mapping_check.hpp"

#include "jira_reference.hpp"
#include "mapping/extra_fields.hpp"
#include "mapping/text.hpp"

#include <algorithm>

namespace jira_plugin::settings {
namespace {

std::string shown(const std::string& text) {
    return mapping::cutText(mapping::oneLine(text), 80);
}

/// Checks in the order in which a reader fills the form; a step whose ground is missing is skipped.
class Check {
public:
    Check(jira::Client& client, const mapping::MappingRequest& request, const mapping::FieldMapping& fields)
        : _client(client), _request(request), _fields(fields) {}

    CheckedMapping run() && {
        if (project() && permission() && issueType())
            screen();
        return std::move(_result);
    }

private:
    bool problem(const std::string& field, const std::string& message, const std::string& remedy) {
        _result.problems.push_back({field, message, remedy});
        return false;
    }
    void warn(const std::string& field, const std::string& message, const std::string& remedy) {
        _result.warnings.push_back({field, message, remedy});
    }
    std::string where() const { return _result.mapping.jiraProjectKey + " " + _result.mapping.issueTypeName; }

    bool project() {
        const auto found = findJiraProject(_client, _request.jiraProject);
        if (!found)
            return problem("jiraProject",
                           "Jira has no project '" + shown(_request.jiraProject) +
                               "' that the connected account may see.",
                           "Choose one of the projects that GET /api/jira/projects lists.");
        _result.mapping.jiraProjectId = found->id;
        _result.mapping.jiraProjectKey = found->key;
        _result.mapping.jiraProjectName = found->name;
        return true;
    }

    bool permission() {
        const std::string& key = _result.mapping.jiraProjectKey;
        for (const auto& permission : _client.permissions(key, {"CREATE_ISSUES"}))
            if (permission.key == "CREATE_ISSUES" && permission.have)
                return true;
        return problem("jiraProject", "The connected Jira account may not create issues in " + key + ".",
                       "Ask a Jira admin to give it the permission Create Issues in " + key + ".");
    }

    bool issueType() {
        const auto types = _client.issueTypes(_result.mapping.jiraProjectId);
        const auto* type = findIssueType(types, _request.issueType);
        if (!type) {
            std::string names;
            for (const auto& each : types)
                if (!each.subtask && names.size() < 300)
                    names += (names.empty() ? "" : ", ") + each.name;
            return problem(
                "issueType",
                _result.mapping.jiraProjectKey + " has no issue type '" + shown(_request.issueType) + "'.",
                names.empty() ? "Ask your Jira admin to add one." : "Choose one of: " + names + ".");
        }
        if (type->subtask)
            return problem("issueType",
                           "'" + type->name + "' is a kind of sub-task, which needs a parent issue.",
                           "Choose an issue type that stands alone.");
        _result.mapping.issueTypeId = type->id;
        _result.mapping.issueTypeName = type->name;
        return true;
    }

    void screen() {
        _screen = _client.createScreen(_result.mapping.jiraProjectId, _result.mapping.issueTypeId);
        extraFields();
        assignee();
        requiredFields();
        missingFields();
    }

    void extraFields() {
        for (const auto& [id, value] : _request.extraFields) {
            const std::string path = "extraFields." + shown(id);
            const auto field = _screen.find(id);
            if (field == _screen.end()) {
                problem(path, where() + " has no field '" + shown(id) + "' on its create screen.",
                        "Remove the value, or ask your Jira admin to put the field on the screen.");
                continue;
            }
            try {
                _result.mapping.extraFields[id] = mapping::normaliseFieldValue(field->second, value);
            } catch (const std::exception& e) {
                problem(path, e.what(), "Enter another value for '" + field->second.name + "'.");
            }
        }
    }

    void assignee() {
        const auto& person = _request.assignee;
        if (person.accountId.empty())
            return;
        const auto user = _client.assignableUser(_result.mapping.jiraProjectKey, person.accountId);
        if (!user) {
            problem("assignee",
                    (person.name.empty() ? "This account" : person.name) + " cannot be assigned issues in " +
                        _result.mapping.jiraProjectKey + ".",
                    "Choose somebody whom the search for assignable people finds, or leave it to ownership "
                    "policies.");
            return;
        }
        _result.mapping.assigneeId = user->accountId;
        _result.mapping.assigneeName = user->displayName;
    }

    bool isRequired(const std::string& id) const {
        const auto field = _screen.find(id);
        return field != _screen.end() && field->second.required && !field->second.hasDefaultValue;
    }

    void requiredFields() {
        for (const auto& [id, field] : _screen)
            if (mapping::needsValue(field) && _request.extraFields.count(id) == 0)
                problem("extraFields." + id,
                        where() + " requires '" + field.name + "', which findings cannot fill.",
                        "Enter a value for '" + field.name +
                            "', or ask your Jira admin to make it optional.");
        if (isRequired("assignee") && _request.assignee.accountId.empty() && _fields.assigneeId.empty())
            problem("assignee", where() + " requires an assignee.", "Choose a default assignee.");
        const bool everySeverityIsDue = std::all_of(_fields.slaDays.begin(), _fields.slaDays.end(),
                                                    [](const auto& days) { return days.has_value(); });
        if (isRequired("duedate") && !everySeverityIsDue)
            warn("issueType", where() + " requires a due date, and some severities have none.",
                 "Give every severity a number of days in the field mapping, or its findings will wait.");
    }

    void missingFields() {
        const auto missing = [&](const char* id, const std::string& consequence) {
            if (_screen.count(id) == 0)
                warn("issueType", std::string("'") + id + "' is not on the create screen of " + where() + ".",
                     consequence + " Ask your Jira admin to put the field on the screen.");
        };
        missing("description", "Tickets will have no description.");
        missing("priority", "Severities will not show as priorities.");
        missing("labels",
                "Tickets will have no labels, and one whose creation was interrupted cannot be found again.");
        if (std::any_of(_fields.slaDays.begin(), _fields.slaDays.end(),
                        [](const auto& days) { return days; }))
            missing("duedate", "Due dates will be left out.");
        missing("assignee", "Nobody will be assigned.");
    }

    jira::Client& _client;
    const mapping::MappingRequest& _request;
    const mapping::FieldMapping& _fields;
    jira::CreateScreen _screen;
    CheckedMapping _result;
};

} // namespace

CheckedMapping checkMapping(jira::Client& client, const mapping::MappingRequest& request,
                            const mapping::FieldMapping& fields) {
    return Check(client, request, fields).run();
}

mapping::MappingRequest requestOf(const mapping::ProjectMapping& mapping) {
    return {mapping.jiraProjectId,
            mapping.issueTypeId,
            {mapping.assigneeId, mapping.assigneeName},
            mapping.extraFields};
}

} // namespace jira_plugin::settings
