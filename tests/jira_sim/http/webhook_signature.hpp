#pragma once

#include <cstdint>
#include <string>

/// How deliveries prove where they come from.
namespace jira_sim::webhook {

/// The token of a dynamic webhook: HS256 with the app's client secret. `iat` and `exp` are the claims that
/// are known of; it lives three minutes from `nowSec`.
std::string bearerToken(const std::string& clientSecret, std::int64_t nowSec);
/// `sha256=<hex>`, the value of X-Hub-Signature.
std::string hubSignature(const std::string& secret, const std::string& body);

} // namespace jira_sim::webhook
