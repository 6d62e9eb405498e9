#include "transport.hpp"

#include <Poco/String.h>

namespace jira_plugin::jira {

std::string HttpResponse::header(const std::string& name) const {
    for (const auto& [key, value] : headers) {
        if (Poco::icompare(key, name) == 0) {
            return value;
        }
    }
    return {};
}

std::string HttpResponse::mediaType() const {
    const std::string type = header("Content-Type");
    return Poco::toLower(Poco::trim(type.substr(0, type.find(';'))));
}

} // namespace jira_plugin::jira
