#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jira_plugin::oauth1 {

/// Names and values, decoded, in the order in which they came. A name may come more than once.
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// Percent-encoding as signatures need it: all but letters, digits, '-', '.', '_' and '~', byte by byte, in
/// upper-case hexadecimal (RFC 5849 section 3.6).
std::string percentEncoded(std::string_view text);

/// The reverse. A '%' without two hexadecimal digits stays as it is.
std::string percentDecoded(std::string_view text);

/// The parameters of a query or of an application/x-www-form-urlencoded body, where '+' is a blank in both.
/// A name without '=' has an empty value; empty parts between two '&' are no parameters.
Parameters parseForm(std::string_view text);

/// "a=1&b=2", percent-encoded.
std::string writeForm(const Parameters& parameters);

/// The value of the first parameter of that name; empty when there is none.
std::string valueOf(const Parameters& parameters, std::string_view name);

} // namespace jira_plugin::oauth1
