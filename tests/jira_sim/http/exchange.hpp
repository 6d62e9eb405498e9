#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/json.hpp"

namespace jira_sim {

using NameValues = std::vector<std::pair<std::string, std::string>>;

/// One HTTP request, independent of the library that read it.
struct Request {
    std::string method;
    std::string target;                ///< as sent: path and query
    std::string path;                  ///< as sent, without query
    std::vector<std::string> segments; ///< of the path, percent-decoded
    NameValues query;                  ///< decoded
    NameValues headers;
    std::string body;
    /// The parsed body, set when the route takes JSON and the body was JSON.
    json::Value json;
    bool hasJson = false;

    /// Case-insensitive look-up; empty when absent.
    std::string header(const std::string& name) const;
    std::optional<std::string> param(const std::string& name) const;
    /// All values of a repeatable parameter; commas separate values, too, as Jira accepts both.
    std::vector<std::string> params(const std::string& name) const;
    /// The media type of the body, lower case, without parameters.
    std::string mediaType() const;
};

/// What happens to the connection once the answer is ready.
enum class Delivery {
    Normal,
    Cut,      ///< nothing is sent, the connection is reset
    Truncate, ///< head and half of the body are sent, then the connection is reset
};

struct Response {
    int status = 200;
    std::string contentType = "application/json;charset=UTF-8";
    std::string body;
    NameValues headers;
    Delivery delivery = Delivery::Normal;

    static Response json(int status, const json::Value& body);
    /// Status alone, e.g. 204.
    static Response empty(int status);
    static Response html(int status, std::string page);
    static Response redirect(const std::string& location);
    Response& with(std::string name, std::string value);
};

/// Splits target into path, segments and query.
void parseTarget(Request& request, const std::string& target);
std::vector<std::string> split(const std::string& text, char separator);
/// Name-value pairs of an application/x-www-form-urlencoded text.
NameValues parseForm(const std::string& text);
std::string percentEncode(const std::string& text);
std::string htmlEscape(std::string_view text);

} // namespace jira_sim
