#pragma once

#include <cstdint>
#include <string>

/// Signs deliveries as Jira does, by means of its own.
namespace test_support {

/// A JWT of these parts under HMAC-SHA256, whatever the header says.
std::string jwt(const std::string& header, const std::string& claims, const std::string& secret);

/// The value of Authorization that Jira Cloud sends: good for three minutes from then on.
std::string bearer(const std::string& secret, std::int64_t issuedMs);

/// The value of X-Hub-Signature that Jira Data Center 10 sends.
std::string hubSignature(const std::string& secret, const std::string& body);

} // namespace test_support
