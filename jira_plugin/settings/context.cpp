#include "context.hpp"

#include "mapping/json_reader.hpp"
#include "mapping/text.hpp"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/NumberParser.h>
#include <Poco/Timestamp.h>

namespace jira_plugin::settings {
namespace {

std::string shown(const std::string& text) {
    return mapping::cutText(mapping::oneLine(text), 80);
}

} // namespace

std::string Context::query(const std::string& name) const {
    const auto found = _query.find(name);
    return found == _query.end() ? std::string{} : found->second;
}

std::int64_t Context::queryNumber(const std::string& name, std::int64_t standard, std::int64_t least,
                                  std::int64_t most) const {
    const std::string text = query(name);
    if (text.empty())
        return standard;
    Poco::Int64 number = 0;
    if (!Poco::NumberParser::tryParse64(text, number) || number < least || number > most)
        throw ApiProblem(400, "invalid_request",
                         "'" + name + "' must be a whole number from " + std::to_string(least) + " to " +
                             std::to_string(most) + ".",
                         "Correct the query parameter.", name);
    return number;
}

std::string Context::mediaType() const {
    const std::string type = request.header("Content-Type");
    return mapping::lowerAscii(mapping::oneLine(type.substr(0, type.find(';'))));
}

void Context::limitBody(std::size_t maxBytes) const {
    if (request.body.size() > maxBytes)
        throw ApiProblem(413, "too_large",
                         "The body has more than " + std::to_string(maxBytes / 1024) + " KiB.",
                         "Send less in one request.");
}

Poco::JSON::Object::Ptr Context::body(std::size_t maxBytes) const {
    if (request.body.empty())
        return new Poco::JSON::Object;
    if (mediaType() != "application/json")
        throw ApiProblem(415, "unsupported_media_type", "The body must be JSON.",
                         "Send it with the header Content-Type: application/json.");
    limitBody(maxBytes);
    return mapping::parseJsonObject(request.body);
}

host::Project Context::project(const std::string& idOrKey) const {
    auto& directory = parts.host.directory;
    if (auto project = directory.project(organisation(), idOrKey))
        return *project;
    for (auto& project : directory.projects(organisation()))
        if (project.key == idOrKey)
            return project;
    throw notFound("project '" + shown(idOrKey) + "'");
}

Poco::Dynamic::Var Context::memberName(const std::string& user) const {
    if (user.empty())
        return {};
    const auto member = parts.host.directory.member(organisation(), user);
    return member ? nullIfEmpty(member->name) : Poco::Dynamic::Var();
}

bool Context::mayEdit(const std::string& projectId) const {
    return who.isAdmin || (who.isProjectAdmin && who.administeredProjects.count(projectId) != 0);
}

void Context::requireEdit(const host::Project& project) const {
    if (!mayEdit(project.id))
        throw ApiProblem(
            403, "forbidden",
            "You do not administer the project " + project.key + ", so you cannot change its mapping.",
            "Ask an admin of " + who.organisationName + " or a project admin of " + project.key + ".");
}

void Context::audit(const std::string& action, const std::string& object,
                    const Poco::JSON::Object::Ptr& detail) const {
    parts.host.audit.record(organisation(), who.user, action, object,
                            detail ? mapping::jsonText(detail) : std::string{});
}

Response jsonResponse(int status, const Poco::JSON::Object::Ptr& json) {
    return {status,
            {{"Content-Type", "application/json; charset=utf-8"},
             {"Cache-Control", "no-store"},
             {"X-Content-Type-Options", "nosniff"}},
            mapping::jsonText(json)};
}

Response problemResponse(const ApiProblem& problem) {
    Poco::JSON::Object::Ptr error = new Poco::JSON::Object;
    error->set("code", problem.code());
    error->set("message", mapping::cleanText(problem.what()));
    if (!problem.cause().empty())
        error->set("cause", mapping::cleanText(problem.cause()));
    error->set("remedy", mapping::cleanText(problem.remedy()));
    if (!problem.field().empty())
        error->set("field", mapping::cleanText(problem.field()));
    if (!problem.details().empty()) {
        Poco::JSON::Array::Ptr details = new Poco::JSON::Array;
        for (const auto& each : problem.details()) {
            Poco::JSON::Object::Ptr detail = new Poco::JSON::Object;
            detail->set("field", mapping::cleanText(each.field));
            detail->set("message", mapping::cleanText(each.message));
            detail->set("remedy", mapping::cleanText(each.remedy));
            details->add(detail);
        }
        error->set("details", details);
    }
    Poco::JSON::Object::Ptr json = new Poco::JSON::Object;
    json->set("error", error);
    Response response = jsonResponse(problem.status(), json);
    if (problem.retryAfterMs() > 0)
        response.headers.emplace_back("Retry-After", std::to_string((problem.retryAfterMs() + 999) / 1000));
    return response;
}

ApiProblem notFound(const std::string& what) {
    return ApiProblem(
        404, "not_found", "There is no " + what + " here.",
        "Check the address; what belongs to another organisation cannot be seen from this one.");
}

Poco::Dynamic::Var timeJson(std::int64_t ms) {
    if (ms <= 0)
        return {};
    return Poco::DateTimeFormatter::format(Poco::Timestamp(ms * 1000), Poco::DateTimeFormat::ISO8601_FORMAT);
}

Poco::Dynamic::Var nullIfEmpty(const std::string& text) {
    return text.empty() ? Poco::Dynamic::Var() : Poco::Dynamic::Var(text);
}

} // namespace jira_plugin::settings
