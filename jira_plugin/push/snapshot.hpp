#pragma once

#include "host/finding.hpp"

#include <string>

namespace jira_plugin::push {

/// A finding as text: the outbox keeps it, so that a push does not depend on the host's answer later.
std::string encodeSnapshot(const host::Finding& finding);

/// Members that an older version did not write keep their defaults. Throws std::runtime_error when the text
/// is not such a snapshot.
host::Finding decodeSnapshot(const std::string& snapshot);

} // namespace jira_plugin::push
