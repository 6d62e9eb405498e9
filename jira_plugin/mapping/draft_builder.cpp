#include "draft_builder.hpp"

#include "description.hpp"
#include "due_date.hpp"
#include "extra_fields.hpp"
#include "labels.hpp"
#include "priority.hpp"
#include "summary.hpp"

namespace jira_plugin::mapping {
namespace {

/// Fills one draft field after the other; every step looks at the create screen first.
class Builder {
public:
    explicit Builder(const DraftInput& input) : _in(input) {}

    DraftResult build() && {
        TicketDraft& draft = _result.draft;
        draft.projectId = _in.project.jiraProjectId;
        draft.projectKey = _in.project.jiraProjectKey;
        draft.issueTypeId = _in.project.issueTypeId;
        draft.dedupeLabel = _in.dedupeLabel;
        draft.summary = summarise(_in.finding);
        setDescription();
        setPriority();
        setLabels();
        setDueDate();
        setAssignee();
        setExtraFields();
        requireFields();
        if (!_problems.empty())
            throw MappingProblem::together(_problems);
        return std::move(_result);
    }

private:
    const jira::FieldMeta* onScreen(const std::string& fieldId) const {
        const auto found = _in.screen.find(fieldId);
        return found == _in.screen.end() ? nullptr : &found->second;
    }

    std::string screenName() const { return _in.project.jiraProjectKey + " " + _in.project.issueTypeName; }

    void noteMissing(const std::string& field, const std::string& consequence) {
        _result.notes.push_back(field + " is not on the create screen of " + screenName() + " in Jira, so " +
                                consequence + ".");
    }

    void setDescription() {
        if (onScreen("description"))
            _result.draft.description = describe(_in.finding);
        else
            noteMissing("Description", "the ticket has none");
    }

    void setPriority() {
        const auto* field = onScreen("priority");
        if (!field)
            return noteMissing("Priority", "Jira's default was left to apply");
        const auto severity = _in.finding.severity;
        auto choice = choosePriority(severity, _in.fields.priorityIds[static_cast<std::size_t>(severity)],
                                     field->allowedValues);
        _result.draft.priorityId = std::move(choice.id);
        if (!choice.note.empty())
            _result.notes.push_back(std::move(choice.note));
    }

    void setLabels() {
        if (onScreen("labels"))
            _result.draft.labels = makeLabels(_in.fields.labels, _in.finding, _in.dedupeLabel);
        else
            noteMissing("Labels", "the ticket has none; if Jira's answer to its creation is ever lost, it "
                                  "cannot be found again by its label");
    }

    void setDueDate() {
        std::optional<std::string> due;
        try {
            due = dueDateOf(_in.fields, _in.finding);
        } catch (const std::invalid_argument& e) {
            throw MappingProblem("time_zone", std::string("The due date could not be computed. ") + e.what(),
                                 "Choose a time zone in the field mapping.");
        }
        if (due && !onScreen("duedate"))
            noteMissing("Due date", "the due date " + *due + " was left out");
        else
            _result.draft.dueDate = std::move(due);
    }

    void setAssignee() {
        if (!_in.assigneeId)
            return;
        if (onScreen("assignee"))
            _result.draft.assigneeId = _in.assigneeId;
        else
            noteMissing("Assignee", "the ticket was created without one");
    }

    void setExtraFields() {
        for (const auto& [fieldId, value] : _in.project.extraFields) {
            if (isOwnField(fieldId))
                continue;
            const auto* field = onScreen(fieldId);
            if (!field) {
                noteMissing("'" + fieldId + "', for which the project mapping has a value,",
                            "it was left out");
                continue;
            }
            try {
                _result.draft.extraFields[fieldId] = normaliseFieldValue(*field, value);
                if (isRichText(*field))
                    _result.draft.richTextFields.insert(fieldId);
            } catch (const std::exception& e) {
                _problems.emplace_back("field_value:" + fieldId,
                                       "The value in the project mapping does not fit Jira any more: " +
                                           std::string(e.what()),
                                       "Open Project mapping and, for " + _in.finding.projectKey +
                                           ", give '" + field->name + "' another value.");
            }
        }
    }

    bool isSet(const std::string& fieldId) const {
        const TicketDraft& draft = _result.draft;
        if (fieldId == "project" || fieldId == "issuetype" || fieldId == "summary" ||
            fieldId == "description")
            return true;
        if (fieldId == "priority")
            return draft.priorityId.has_value();
        if (fieldId == "labels")
            return !draft.labels.empty();
        if (fieldId == "duedate")
            return draft.dueDate.has_value();
        if (fieldId == "assignee")
            return draft.assigneeId.has_value();
        return _in.project.extraFields.count(fieldId) != 0; // a value that does not fit has been named
    }

    std::string remedyFor(const jira::FieldMeta& field) const {
        const std::string key = _in.finding.projectKey;
        if (!field.canBeSet)
            return "Ask your Jira admin to make '" + field.name +
                   "' optional: it cannot be given when a ticket is created.";
        if (field.fieldId == "assignee")
            return "Set a default assignee for " + key +
                   " in Project mapping, or an override in Field mapping.";
        if (field.fieldId == "duedate")
            return std::string("Give ") + host::toString(_in.finding.severity) +
                   " findings a number of days under Due dates in Field mapping.";
        if (field.fieldId == "priority")
            return "Ask your Jira admin why the project " + _in.project.jiraProjectKey +
                   " allows no priority.";
        return "Enter a value for '" + field.name + "' for " + key +
               " in Project mapping, or ask your Jira admin to make it optional or give it a default.";
    }

    void requireFields() {
        for (const auto& [fieldId, field] : _in.screen) {
            const bool isOurs = isOwnField(fieldId) && field.required && !field.hasDefaultValue;
            if ((isOurs || needsValue(field)) && !isSet(fieldId))
                _problems.emplace_back("required_field:" + fieldId,
                                       screenName() + " in Jira requires '" + field.name +
                                           "', and the mapping has no value for it.",
                                       remedyFor(field));
        }
    }

    const DraftInput& _in;
    DraftResult _result;
    std::vector<MappingProblem> _problems;
};

} // namespace

MappingProblem MappingProblem::together(const std::vector<MappingProblem>& problems) {
    MappingProblem whole = problems.front();
    whole._others.assign(problems.begin() + 1, problems.end());
    return whole;
}

DraftResult buildDraft(const DraftInput& input) {
    return Builder(input).build();
}

} // namespace jira_plugin::mapping
