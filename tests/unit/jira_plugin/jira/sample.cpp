#include "sample.hpp"

#include "jira/json.hpp"
#include "paths.hpp"
#include "temp_dir.hpp"

#include <stdexcept>

namespace jira_plugin::jira {

HttpResponse sampleAnswer(const std::string& file) {
    const auto sample =
        json::parseObject(test_support::readFile(test_support::testData() / "jira/samples" / file));
    if (!sample) {
        throw std::runtime_error(file + " is not JSON");
    }
    HttpResponse response;
    response.status = static_cast<int>(json::number(sample, "status", 0));
    const auto headers = json::object(sample, "response_headers");
    for (const auto& [name, value] : *headers) {
        response.headers.emplace_back(name, json::textOf(value));
    }
    const auto body = sample->get("response_body");
    response.body = body.isString() ? body.convert<std::string>() : json::write(body);
    return response;
}

} // namespace jira_plugin::jira
