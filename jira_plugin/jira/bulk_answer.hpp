#pragma once

#include "client.hpp"

#include <vector>

#include <Poco/JSON/Object.h>

namespace jira_plugin::jira {

/// Gives every element of a bulk create its own outcome. Jira lists the refused elements by their number in
/// the request and the created ones without a number, in the order of the request. Empty when the answer does
/// not fit the number of elements: then it cannot be said which ticket belongs to which element.
/// Source: developer.atlassian.com, REST v3, "Bulk create issue".
std::vector<BulkElement> readBulkAnswer(const Poco::JSON::Object::Ptr& answer, std::size_t elements);

} // namespace jira_plugin::jira
