#pragma once

#include "jira/transport.hpp"

#include <string>

namespace jira_plugin::jira {

/// The answer of a recorded exchange below tests/data/jira/samples.
HttpResponse sampleAnswer(const std::string& file);

} // namespace jira_plugin::jira
