#pragma once

#include "problem.hpp"

#include "connection/auth_outcome.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <optional>
#include <vector>

namespace jira_plugin::settings {

/// What an authorisation's end is to the caller, with the outcome's word as code; nothing when it is done or
/// waits for a choice of site.
std::optional<ApiProblem> problemOf(const connection::AuthResult& result);

/// After a choice of site: throws ApiProblem unless it is connected.
void requireConnected(const connection::AuthResult& result);

Poco::JSON::Object::Ptr siteJson(const connection::Site& site);
Poco::JSON::Array::Ptr sitesJson(const std::vector<connection::Site>& sites);

} // namespace jira_plugin::settings
