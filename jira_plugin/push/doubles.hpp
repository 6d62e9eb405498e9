#pragma once

#include "push_parts.hpp"

#include <string>

namespace jira_plugin::push {

/// Tells the admins and the finding's timeline that Jira holds a second ticket with this finding's label,
/// which nobody here uses: a clone, or a request that Jira carried out long after it was given up.
void reportDouble(PushParts& parts, const std::string& finding, const store::TicketLink& kept,
                  const host::TicketRef& other);

} // namespace jira_plugin::push
