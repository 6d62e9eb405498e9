#pragma once

#include "encoding.hpp"

#include "jira/transport.hpp"

#include <string>

/// What a signature signs, exactly as RFC 5849 section 3.4.1 has it.
namespace jira_plugin::oauth1 {

/// Scheme and host in lower case, the port unless it is the scheme's own, the path as written ("/" when there
/// is none), no query (section 3.4.1.2). Throws std::invalid_argument for what is no http or https URL.
std::string baseStringUri(const std::string& url);

/// Sorted by encoded name, then by encoded value, and joined with '=' and '&' (section 3.4.1.3.2). Leaves out
/// oauth_signature; realm is left out where it belongs, in protocolParameters.
std::string normalisedParameters(const Parameters& parameters);

/// The parameters of the request itself: those of the query, and those of the body when it is a form
/// (section 3.4.1.3.1). A JSON body has none.
Parameters requestParameters(const jira::HttpRequest& request);

/// protocolParameters: what the Authorization header will hold, without realm and signature.
std::string signatureBaseString(const jira::HttpRequest& request, const Parameters& protocolParameters);

} // namespace jira_plugin::oauth1
