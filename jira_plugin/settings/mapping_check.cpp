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
    Check(JiraMemo& jira, const mapping::MappingRequest& request, const mapping::FieldMapping& fields)
        : _jira(jira), _request(request), _fields(fields) {}

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
        const auto& found = _jira.project(_request.jiraProject);
        if (!found)
            return problem("jiraProject",
                           "Jira has no project '" + shown(_request.jiraProject) +
                               "' that the connected account may see.",
                           "Choose one of the projects that GET /api/jira/projects lists.");
        _result.mapping.system = _jira.system();
        _result.mapping.jiraProjectId = found->id;
        _result.mapping.jiraProjectKey = found->key;
        _result.mapping.jiraProjectName = found->name;
        return true;
    }

    bool permission() {
        const std::string& key = _result.mapping.jiraProjectKey;
        if (_jira.mayCreateIn(key))
            return true;
        return problem("jiraProject", "The connected Jira account may not create issues in " + key + ".",
                       "Ask a Jira admin to give it the permission Create Issues in " + key + ".");
    }

    bool issueType() {
        const auto& types = _jira.issueTypes(_result.mapping.jiraProjectId);
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
        _screen = &_jira.createScreen(_result.mapping.jiraProjectId, _result.mapping.issueTypeId);
        extraFields();
        assignee();
        requiredFields();
        missingFields();
        priorities();
    }

    void extraFields() {
        for (const auto& [id, value] : _request.extraFields) {
            const std::string path = "extraFields." + shown(id);
            const auto field = _screen->find(id);
            if (field == _screen->end()) {
                problem(path, where() + " has no field '" + shown(id) + "' on its create screen.",
                        "Remove the value, or ask your Jira admin to put the field on the screen.");
                continue;
            }
            try {
                _result.mapping.extraFields[id] = mapping::normaliseFieldValue(field->second, value);
                people(path, field->second, _result.mapping.extraFields[id]);
            } catch (const std::exception& e) {
                problem(path, e.what(), "Enter another value for '" + field->second.name + "'.");
            }
        }
    }

    /// Jira lets people be chosen who cannot be assigned, so that this is for a person to judge.
    void people(const std::string& path, const jira::FieldMeta& field, const std::string& value) {
        for (const auto& account : mapping::peopleIn(field, value))
            if (!_jira.assignable(_result.mapping.jiraProjectKey, account))
                warn(path,
                     "The account '" + shown(account) + "' for '" + field.name +
                         "' is not among those that can be assigned in " + _result.mapping.jiraProjectKey +
                         ", so it could not be checked.",
                     "Send a test ticket to see whether Jira takes it.");
    }

    void assignee() {
        const auto& person = _request.assignee;
        if (person.accountId.empty())
            return;
        const auto& user = _jira.assignable(_result.mapping.jiraProjectKey, person.accountId);
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
        const auto field = _screen->find(id);
        return field != _screen->end() && field->second.required && !field->second.hasDefaultValue;
    }

    void requiredField(const jira::FieldMeta& field) {
        const std::string path = "extraFields." + field.fieldId;
        const std::string message = where() + " requires '" + field.name + "', which ";
        if (field.canBeSet)
            problem(path, message + "findings cannot fill.",
                    "Enter a value for '" + field.name + "', or ask your Jira admin to make it optional.");
        else
            problem(path, message + "cannot be given when a ticket is created.",
                    "Ask your Jira admin to make it optional, or choose another issue type.");
    }

    void requiredFields() {
        for (const auto& [id, field] : *_screen)
            if (mapping::needsValue(field) && _request.extraFields.count(id) == 0)
                requiredField(field);
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
            if (_screen->count(id) == 0)
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

    void priorities() {
        const auto field = _screen->find("priority");
        if (field == _screen->end() || field->second.allowedValues.empty())
            return;
        const auto& allowed = field->second.allowedValues;
        for (int i = host::severityCount - 1; i >= 0; --i) {
            const auto& id = _fields.priorityIds[static_cast<std::size_t>(i)];
            const bool isKnown = id.empty() || std::any_of(allowed.begin(), allowed.end(),
                                                           [&](const auto& value) { return value.id == id; });
            if (!isKnown)
                warn("issueType",
                     std::string("The priority that the field mapping has for ") +
                         host::toString(static_cast<host::Severity>(i)) + " findings (id " + shown(id) +
                         ") is not one of the priorities of " + where() + ".",
                     "Another will be chosen by name. To decide it yourself, set it in the project's own "
                     "field mapping.");
        }
    }

    JiraMemo& _jira;
    const mapping::MappingRequest& _request;
    const mapping::FieldMapping& _fields;
    const jira::CreateScreen* _screen = nullptr; ///< of _jira
    CheckedMapping _result;
};

} // namespace

CheckedMapping checkMapping(jira::Client& client, const mapping::MappingRequest& request,
                            const mapping::FieldMapping& fields) {
    JiraMemo jira(client);
    return checkMapping(jira, request, fields);
}

CheckedMapping checkMapping(JiraMemo& jira, const mapping::MappingRequest& request,
                            const mapping::FieldMapping& fields) {
    return Check(jira, request, fields).run();
}

mapping::MappingRequest requestOf(const mapping::ProjectMapping& mapping) {
    return {mapping.jiraProjectId,
            mapping.issueTypeId,
            {mapping.assigneeId, mapping.assigneeName},
            mapping.extraFields};
}

} // namespace jira_plugin::settings
