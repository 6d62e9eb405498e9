#include "call_request.hpp"

#include <algorithm>

#include <Poco/URI.h>

namespace jira_plugin::jira {
namespace {

std::string percentEncoded(const std::string& text) {
    std::string encoded;
    Poco::URI::encode(text, "!#$&'()*+,/:;=?@[]%", encoded);
    return encoded;
}

} // namespace

bool CallRequest::expects(int status) const {
    return std::find(expected.begin(), expected.end(), status) != expected.end();
}

std::string queryString(const std::vector<std::pair<std::string, std::string>>& parameters) {
    std::string query;
    for (const auto& [name, value] : parameters) {
        if (!value.empty()) {
            query += (query.empty() ? "?" : "&") + name + "=" + percentEncoded(value);
        }
    }
    return query;
}

std::string segment(const std::string& text) {
    return percentEncoded(text);
}

} // namespace jira_plugin::jira
