#include "batch_item.hpp"

namespace jira_plugin::push {
namespace {

store::OutboxChange change(const BatchItem& item, store::OutboxState state, const Ruling& ruling) {
    store::OutboxChange result;
    result.finding = item.row.finding;
    result.revision = item.row.revision;
    result.state = state;
    result.cause = ruling.cause;
    result.message = ruling.message;
    result.remedy = ruling.remedy;
    return result;
}

std::string joined(const std::vector<std::string>& labels) {
    std::string text;
    for (const std::string& label : labels)
        text += (text.empty() ? "" : " ") + label;
    return text;
}

/// The record of what we set: later a person's edit is told from our own value by it.
store::SetFields given(const mapping::TicketDraft& draft) {
    store::SetFields fields;
    fields["title"] = {draft.summary, false};
    fields["labels"] = {joined(draft.labels), false};
    fields["due_date"] = {draft.dueDate.value_or(""), false};
    if (draft.priorityId)
        fields["priority"] = {*draft.priorityId, false};
    if (draft.assigneeId)
        fields["assignee"] = {*draft.assigneeId, false};
    return fields;
}

} // namespace

Attempted attempted(const BatchItem& item) {
    Attempted result;
    result.withAssignee = item.rendered.draft.assigneeId.has_value();
    result.withRichDescription =
        item.rendered.draft.description.has_value() && !item.amendments.plainDescription;
    result.withFreshMetadata = item.amendments.freshMetadata;
    result.projectKey = item.rendered.project.jiraProjectKey;
    result.issueTypeId = item.rendered.project.issueTypeId;
    return result;
}

store::OutboxChange parked(const BatchItem& item, const Ruling& ruling) {
    return change(item, store::OutboxState::Parked, ruling);
}

store::OutboxChange waiting(const BatchItem& item, const Ruling& ruling, std::int64_t dueAtMs) {
    auto result = change(item, store::OutboxState::Waiting, ruling);
    result.dueAtMs = dueAtMs;
    return result;
}

store::OutboxChange doubtful(const BatchItem& item, const Ruling& ruling, std::int64_t dueAtMs) {
    auto result = change(item, store::OutboxState::InDoubt, ruling);
    result.dueAtMs = dueAtMs;
    // The ticket may already have what was left out: the finding's timeline should say so once it is found.
    result.notes = encodeNotes(item.rendered.notes);
    return result;
}

store::OutboxChange queuedAgain(const BatchItem& item, std::int64_t nowMs) {
    auto result = change(item, store::OutboxState::Queued, {});
    result.dueAtMs = nowMs;
    result.report = false;
    return result;
}

store::OutboxChange created(const BatchItem& item, const std::string& system, const jira::CreatedIssue& issue,
                            const std::string& url, std::int64_t nowMs) {
    auto result = change(item, store::OutboxState::Created, {});
    result.notes = encodeNotes(item.rendered.notes);
    store::TicketLink link;
    link.organisation = item.row.organisation;
    link.finding = item.row.finding;
    link.ticket = item.rendered.shown;
    link.ticket.system = system;
    link.ticket.id = issue.id;
    link.ticket.key = issue.key;
    link.ticket.url = url;
    link.createdAtMs = nowMs;
    result.link = std::move(link);
    result.set = given(item.rendered.draft);
    return result;
}

} // namespace jira_plugin::push
