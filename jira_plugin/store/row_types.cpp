#include "row_types.hpp"

#include <sstream>

namespace Poco::Data {

void TypeHandler<jira_plugin::store::OutboxRow>::extract(std::size_t position, Row& row, const Row&,
                                                         AbstractExtractor::Ptr extractor) {
    std::int64_t severity = 0;
    std::int64_t labelled = 0;
    std::string state;
    jira_plugin_detail::ColumnReader(position, std::move(extractor))
        .read(row.organisation, row.finding, row.project, severity, row.title, state, row.stateSinceMs,
              row.revision, row.dueAtMs, row.leaseOwner, row.leaseUntilMs, row.dedupeLabel, row.requestedBy,
              row.enqueuedAtMs, row.attempts, row.sentAtMs, row.sentSystem, row.sentProject, labelled,
              row.lookups, row.cause, row.message, row.remedy, row.notes, row.reportDueMs, row.reportTries);
    row.severity = static_cast<jira_plugin::host::Severity>(severity);
    row.sentLabelled = labelled != 0;
    row.state = jira_plugin::store::outboxStateFromString(state);
}

void TypeHandler<jira_plugin::store::TicketLink>::extract(std::size_t position, Link& link, const Link&,
                                                          AbstractExtractor::Ptr extractor) {
    std::string labels;
    auto& ticket = link.ticket;
    jira_plugin_detail::ColumnReader(position, std::move(extractor))
        .read(link.organisation, link.finding, ticket.system, ticket.id, ticket.key, ticket.url,
              ticket.status, ticket.priority, ticket.assignee, ticket.dueDate, labels, link.createdAtMs);
    ticket.labels.clear();
    std::istringstream words(labels);
    for (std::string label; words >> label;)
        ticket.labels.push_back(label);
}

} // namespace Poco::Data
