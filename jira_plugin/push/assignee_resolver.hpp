#pragma once

#include "host/services.hpp"
#include "jira/client.hpp"
#include "mapping/settings.hpp"

#include <optional>
#include <string>

namespace jira_plugin::push {

class MetadataCache;

struct ResolvedAssignee {
    std::optional<std::string> accountId; ///< assignable in the Jira project
    std::string name;                     ///< as Jira shows it
    std::string note; ///< for the timeline, when the wanted person does not get the ticket
};

/// Whom a ticket is assigned to: the override of the field mapping, then the project's default, then the
/// finding's owner by the host's policies. Who cannot be assigned in that project is left out, with a note.
/// Asks the host for the owner only when policies decide. Throws what the client throws except refusals.
ResolvedAssignee resolveAssignee(const host::Finding& finding, const mapping::ProjectMapping& project,
                                 const mapping::FieldMapping& fields, host::Ownership& ownership,
                                 MetadataCache& metadata, jira::Client& client);

} // namespace jira_plugin::push
