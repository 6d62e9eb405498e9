#pragma once

#include <optional>
#include <string>

namespace jira_plugin::connection {

/// Base64url without padding (RFC 4648 section 5).
std::string base64Url(const std::string& bytes);
/// Nothing when the text is not base64url.
std::optional<std::string> fromBase64Url(const std::string& text);

/// Bytes from the cryptographic generator; throws std::runtime_error when it fails.
std::string randomBytes(std::size_t count);

/// SHA-256 in lower-case hexadecimal.
std::string sha256Hex(const std::string& text);

/// Compares without telling by its duration where two texts differ.
bool equalInConstantTime(const std::string& a, const std::string& b);

} // namespace jira_plugin::connection
