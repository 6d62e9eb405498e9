#pragma once

#include "comments.hpp"

#include <string>

#include <Poco/JSON/Object.h>

namespace jira_plugin::jira {

/// The entity property by which a comment of ours is known. Cloud and Data Center both take properties with
/// a new comment, as their descriptions say. Lists of an issue's comments may tell them with
/// expand=properties, as Service Management has its own property sd.public.comment read, but the descriptions
/// do not name that value of expand there: what a list leaves out is asked for as they describe it.
constexpr const char* markerProperty = "com.mayoaspm.write";

/// The body of "Add comment". text: the JSON value of the comment's text. Everybody who sees the issue may
/// read it: no visibility is set.
std::string commentBody(const std::string& text, const std::string& marker);

/// The marker in the value of such a property; empty when there is none.
std::string readMarker(const Poco::JSON::Object::Ptr& value);

/// A comment without its text and its issue. A null or incomplete object gives empty members.
Comment readComment(const Poco::JSON::Object::Ptr& object);

} // namespace jira_plugin::jira
