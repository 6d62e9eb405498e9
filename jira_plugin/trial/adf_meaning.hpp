#pragma once

#include <string>

#include <Poco/JSON/Object.h>

namespace jira_plugin::trial {

/// Whether a value is a document in the Atlassian Document Format.
bool isDocument(const Poco::JSON::Object::Ptr& value);

/// Whether two documents read the same. Jira stores a document in its own words: it adds ids and default
/// attributes, joins or splits runs of text of the same style, and drops what is empty. Pure.
bool sameDocument(const Poco::JSON::Object::Ptr& one, const Poco::JSON::Object::Ptr& other);

/// A document as plain text, one line per block.
std::string documentText(const Poco::JSON::Object::Ptr& document);

} // namespace jira_plugin::trial
