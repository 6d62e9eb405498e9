#pragma once

#include <string>

#include "http/exchange.hpp"

namespace jira_sim {

/// A whole HTML page around a body; style from the embedded sheet, no script.
Response htmlPage(int status, const std::string& title, const std::string& body);

} // namespace jira_sim
