#include "outward_visit.hpp"

#include "field_wishes.hpp"
#include "jira/errors.hpp"

#include <algorithm>

/// The part of a visit that keeps the ticket's fields in step.
namespace jira_plugin::sync {
namespace {

/// Takes a field that Jira does not let us set out of a plan; false when it was not in it.
bool leaveOut(FieldPlan& plan, OwnedField field) {
    const auto isIt = [&](const FieldDifference& each) { return each.field == field; };
    const auto last = std::remove_if(plan.written.begin(), plan.written.end(), isIt);
    if (last == plan.written.end())
        return false;
    plan.written.erase(last, plan.written.end());
    plan.afterEdit.erase(toString(field));
    switch (field) {
    case OwnedField::Title:
        plan.edit.summary.reset();
        break;
    case OwnedField::Priority:
        plan.edit.priorityId.reset();
        break;
    case OwnedField::Labels:
        plan.edit.addLabels.clear();
        plan.edit.removeLabels.clear();
        break;
    case OwnedField::Assignee:
        plan.edit.assigneeId.reset();
        break;
    case OwnedField::DueDate:
        plan.edit.dueDate.reset();
        break;
    }
    return true;
}

std::optional<OwnedField> ownedField(const std::string& jiraField) {
    if (jiraField == "summary")
        return OwnedField::Title;
    if (jiraField == "priority")
        return OwnedField::Priority;
    if (jiraField == "labels")
        return OwnedField::Labels;
    if (jiraField == "assignee")
        return OwnedField::Assignee;
    if (jiraField == "duedate")
        return OwnedField::DueDate;
    return std::nullopt;
}

} // namespace

void OutwardVisit::fields(const Task& task) {
    if (task.kind != toString(Arisen::Kind::Fields))
        return;
    const auto finding = current(task);
    if (finding && isLeading(_parts, _issue, task.finding)) {
        auto planned = plan(task, *finding);
        if (!planned)
            return; // parked
        _parts.fields.put(_organisation, _issue.system, _issue.id, planned->known);
        tellEnded(task.finding, *planned);
        writeFields(task, *std::move(planned));
    }
    _parts.tasks.finish(task);
    settled(task);
}

std::optional<FieldPlan> OutwardVisit::plan(const Task& task, const host::Finding& finding) {
    const auto before = baselineOf(finding, task.oldValue);
    try {
        return planFor(_parts, *_client, _issue, _now, finding, before);
    } catch (const std::invalid_argument& problem) {
        _parts.tasks.park(task, "mapping/time_zone",
                          std::string("The due date could not be computed. ") + problem.what(),
                          "Choose a time zone in the field mapping.");
        settled(task);
        return std::nullopt;
    }
}

void OutwardVisit::writeFields(const Task& task, FieldPlan plan) {
    while (!plan.edit.isEmpty()) {
        try {
            _now = _writer->edit(task, _now, plan.edit, plan.afterEdit);
            return;
        } catch (const jira::Refusal& refusal) {
            bool isLess = false;
            for (const auto& [id, words] : refusal.fields()) {
                const auto field = ownedField(id);
                if (!field || !leaveOut(plan, *field))
                    continue;
                isLess = true;
                note(task.finding, std::string("jira.field.") + toString(*field),
                     forPeople(*field) + " of " + _now.key + " could not be set: " + words,
                     "Ask your Jira admin to put the field on the edit screen of the project, or leave it to "
                     "the "
                     "people in Jira under Settings > Integrations > Jira > Sync.");
            }
            if (!isLess)
                throw;
        }
    }
}

void OutwardVisit::tellEnded(const std::string& finding, const FieldPlan& plan) {
    for (const FieldDifference& each : plan.ended)
        note(finding, std::string("jira.field.") + toString(each.field),
             forPeople(each.field) + " of " + _now.key + " was changed in Jira to '" + each.inJira +
                 "' and is left to the people there from now on; Mayo ASPM would set '" + each.wanted + "'.");
}

} // namespace jira_plugin::sync
