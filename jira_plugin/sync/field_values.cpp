#include "field_values.hpp"

#include "mapping/due_date.hpp"
#include "mapping/labels.hpp"
#include "mapping/priority.hpp"
#include "mapping/summary.hpp"

namespace jira_plugin::sync {

WantedFields wantedFields(const host::Finding& finding, const mapping::FieldMapping& fields,
                          const jira::CreateScreen& screen, const std::string& dedupeLabel) {
    WantedFields wanted;
    wanted.title = mapping::summarise(finding);
    if (const auto field = screen.find("priority"); field != screen.end()) {
        const auto severity = static_cast<std::size_t>(finding.severity);
        auto choice = mapping::choosePriority(finding.severity, fields.priorityIds[severity],
                                              field->second.allowedValues);
        if (choice.id)
            wanted.priority = FieldValue{*choice.id, choice.name};
    }
    if (screen.count("labels") != 0)
        wanted.labels = mapping::makeLabels(fields.labels, finding, dedupeLabel);
    if (screen.count("duedate") != 0)
        wanted.dueDate = mapping::dueDateOf(fields, finding);
    return wanted;
}

} // namespace jira_plugin::sync
