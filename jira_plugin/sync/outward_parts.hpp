#pragma once

#include "contracts.hpp"
#include "jira/comments.hpp"
#include "jira/editing.hpp"
#include "jira/issue_state.hpp"
#include "jira/workflow.hpp"
#include "push/push_parts.hpp"
#include "settings.hpp"
#include "store/field_store.hpp"
#include "store/hand_link_store.hpp"
#include "store/outward_store.hpp"
#include "store/own_write_store.hpp"
#include "transition_planner.hpp"

#include <functional>

namespace jira_plugin::sync {

/// What writing to tickets needs of a Jira. Borrowed from the client.
struct TicketSide {
    jira::IssueStates& states;
    jira::Workflow& workflow;
    jira::Comments& comments;
    jira::Editing& editing;
};
TicketSide ticketSide(jira::Client& client);

/// What the parts of the way to Jira share. Everything handed in is borrowed and outlives it.
struct OutwardParts {
    using Tickets = std::function<TicketSide(jira::Client&)>;

    OutwardParts(push::PushParts& thePush, SettingsSource& theSettings, Inward& theInward,
                 Tickets theTickets = &ticketSide)
        : push(thePush), settings(theSettings), inward(theInward), tickets(std::move(theTickets)),
          tasks(thePush.database), writes(thePush.database), fields(thePush.database),
          hands(thePush.database) {}

    std::int64_t nowMs() const { return push.nowMs(); }

    push::PushParts& push;
    SettingsSource& settings;
    Inward& inward;
    const Tickets tickets;
    store::OutwardStore tasks;
    store::OwnWriteStore writes;
    store::FieldStore fields;
    store::HandLinkStore hands;
    WorkflowMemory workflows;
};

} // namespace jira_plugin::sync
