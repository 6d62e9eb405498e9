#pragma once

#include <string>

namespace aspm::host {

/// 256 random bits in hexadecimal.
std::string randomToken();

/// SHA-256 of a text in hexadecimal: what the database keeps of a session's cookie.
std::string digestOf(const std::string& text);

/// Compares without telling by its time where they differ.
bool sameSecret(const std::string& a, const std::string& b);

} // namespace aspm::host
