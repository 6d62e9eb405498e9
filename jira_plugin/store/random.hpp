#pragma once

#include <cstddef>
#include <string>

namespace jira_plugin::store {

/// Bytes from the cryptographic generator as lower-case hexadecimal digits (two for each byte). Throws
/// std::runtime_error when the generator fails.
std::string randomHex(std::size_t bytes);

} // namespace jira_plugin::store
