#include "http/replies.hpp"

namespace jira_sim {

void ErrorCollection::field(const std::string& id, const std::string& text) {
    for (const auto& entry : fields)
        if (entry.first == id)
            return; // Jira reports one text per field, the first
    fields.emplace_back(id, text);
}

json::ObjectPtr ErrorCollection::toJson() const {
    json::ArrayPtr list = json::array();
    for (const std::string& text : messages)
        list->add(text);
    json::ObjectPtr byField = json::object();
    for (const auto& [id, text] : fields)
        byField->set(id, text);
    return json::object({{"errorMessages", list}, {"errors", byField}});
}

namespace reply {

Response errors(int status, const ErrorCollection& errors) {
    return Response::json(status, errors.toJson());
}

Response message(int status, const std::string& text) {
    return errors(status, ErrorCollection{{text}, {}});
}

Response field(int status, const std::string& id, const std::string& text) {
    return errors(status, ErrorCollection{{}, {{id, text}}});
}

Response bodyProblem(const std::string& text) {
    return Response::json(400, json::object({{"errorMessages", json::array({text})}}));
}

Response invalidPayload() {
    return bodyProblem("Invalid request payload. Refer to the REST API documentation and try again.");
}

Response gateway(int status, const std::string& text) {
    Response response = Response::json(status, json::object({{"code", status}, {"message", text}}));
    response.contentType = "application/json";
    return response;
}

Response problem(int status, const std::string& title, const std::string& detail, const Request& request) {
    const std::size_t rest = request.path.find("/rest/");
    const std::string instance = rest == std::string::npos ? request.path : request.path.substr(rest);
    Response response = Response::json(status, json::object({{"type", "about:blank"},
                                                             {"title", title},
                                                             {"status", status},
                                                             {"detail", detail},
                                                             {"instance", instance}}));
    response.contentType = "application/problem+json;charset=UTF-8";
    return response;
}

Response badParameter(const Request& request, const std::string& name, const std::string& value) {
    return problem(400, "Bad Request", "Failed to convert '" + name + "' with value: '" + value + "'",
                   request);
}

Response oauth(int status, const std::string& error, const std::string& description) {
    Response response =
        Response::json(status, json::object({{"error", error}, {"error_description", description}}));
    response.contentType = "application/json";
    return response;
}

Response issueNotFound() {
    return message(404, "Issue does not exist or you do not have permission to see it.");
}

} // namespace reply
} // namespace jira_sim
