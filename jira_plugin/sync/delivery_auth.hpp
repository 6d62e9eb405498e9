#pragma once

#include "connection/secret.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Whether a delivery comes from where it says. Pure; compares in constant time.
namespace jira_plugin::sync {

/// Cloud: whether the value of Authorization is "Bearer" and a JWT that this secret signed with HS256,
/// whatever its header suggests, and that is good now (ms since the epoch) give or take a minute. A token
/// without expiry is none.
bool isSignedByApp(std::string_view authorization, const connection::Secret& secret, std::int64_t nowMs);

/// Data Center 10: whether the value of X-Hub-Signature is "sha256=" and the HMAC of the raw body under one
/// of these secrets. No other method counts.
bool isSignedWith(std::string_view signature, std::string_view body,
                  const std::vector<connection::Secret>& secrets);

} // namespace jira_plugin::sync
