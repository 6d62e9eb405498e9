#pragma once

#include "services.hpp"

#include <cstdint>

namespace jira_plugin::host {

/// A whole number of the configuration, or the fallback where none is set. Throws std::invalid_argument that
/// names the key and what it takes.
std::int64_t configNumber(Config& config, const char* key, std::int64_t fallback, std::int64_t least,
                          std::int64_t most);

} // namespace jira_plugin::host
