#include "http.hpp"

#include <Poco/String.h>

namespace jira_plugin::settings {
namespace {

std::string find(const std::vector<std::pair<std::string, std::string>>& headers, const std::string& name) {
    for (const auto& [each, value] : headers)
        if (Poco::icompare(each, name) == 0)
            return value;
    return {};
}

} // namespace

std::string Request::header(const std::string& name) const {
    return find(headers, name);
}
std::string Response::header(const std::string& name) const {
    return find(headers, name);
}

} // namespace jira_plugin::settings
