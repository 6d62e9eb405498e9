#pragma once

#include "connection/auth_outcome.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <vector>

namespace jira_plugin::settings {

/// Throws ApiProblem, with the outcome's word as code, unless the authorisation is done or waits for a choice
/// of site.
void requireProgress(const connection::AuthResult& result);

Poco::JSON::Object::Ptr siteJson(const connection::Site& site);
Poco::JSON::Array::Ptr sitesJson(const std::vector<connection::Site>& sites);

} // namespace jira_plugin::settings
