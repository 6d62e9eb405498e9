#pragma once

#include <aspm/plugin.hpp>

#include <exception>

namespace jira_plugin::entry {

/// Says in the contract's terms who has to act on an exception of the plugin's own or of a library.
aspm::Error describe(const std::exception& error);

} // namespace jira_plugin::entry
