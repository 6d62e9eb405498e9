#pragma once

#include "comparison.hpp"

#include "jira/client.hpp"
#include "push/renderer.hpp"

#include <string>
#include <vector>

namespace jira_plugin::trial {

/// The fields of a create request with the names of what they set, in the order in which people read a
/// ticket. body: of Client::renderCreate. Pure.
std::vector<SentField> sentFields(const std::string& body, const push::Rendered& rendered,
                                  const jira::CreateScreen& screen);

} // namespace jira_plugin::trial
