#pragma once

#include <string>

namespace fuzz {

/// Whether a document in Atlassian Document Format has the shape that Jira takes, for the nodes that we
/// write: known types in their places, text that is not empty, marks that go together, links to http, https
/// and mailto. A fuzzer needs an answer in microseconds, which Atlassian's schema does not give.
bool hasAdfShape(const std::string& document);

} // namespace fuzz
