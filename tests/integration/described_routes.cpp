#include "described_routes.hpp"

#include "jira_steps.hpp"

#include <Poco/JSON/Parser.h>

namespace integration {

using Poco::JSON::Object;

std::vector<DescribedRoute> describedRoutes(test_support::HttpClient& browser) {
    const auto answer = test_support::askSettings(browser, "GET", "openapi.json");
    const auto paths = Poco::JSON::Parser().parse(answer.body).extract<Object::Ptr>()->getObject("paths");
    std::vector<DescribedRoute> routes;
    for (const char* method : {"get", "post", "put", "patch", "delete"})
        for (const auto& [path, operations] : *paths)
            if (operations.extract<Object::Ptr>()->has(method)) {
                DescribedRoute route{method, path};
                for (char& c : route.method)
                    c = static_cast<char>(c - 'a' + 'A');
                routes.push_back(route);
            }
    return routes;
}

std::string filledIn(std::string text, const std::map<std::string, std::string>& values) {
    for (const auto& [name, value] : values) {
        const std::string parameter = "{" + name + "}";
        for (auto at = text.find(parameter); at != std::string::npos; at = text.find(parameter, at))
            text.replace(at, parameter.size(), value);
    }
    return text;
}

} // namespace integration
