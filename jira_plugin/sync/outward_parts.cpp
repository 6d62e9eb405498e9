#include "outward_parts.hpp"

namespace jira_plugin::sync {

TicketSide ticketSide(jira::Client& client) {
    return {client.issueStates(), client.workflow(), client.comments(), client.editing()};
}

} // namespace jira_plugin::sync
