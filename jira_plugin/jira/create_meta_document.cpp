#include "create_meta_document.hpp"

#include "call_request.hpp"
#include "errors.hpp"
#include "read_metadata.hpp"
#include "remedies.hpp"

#include <algorithm>
#include <map>

namespace jira_plugin::jira {
namespace {

bool isId(const std::string& text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The paged form refuses what is not there with the same status.
[[noreturn]] void throwMissing(const std::string& field, const std::string& message) {
    const std::map<std::string, std::string> fields{{field, message}};
    throw Refusal(400, message, remedyFor(400, fields), fields);
}

Poco::JSON::Array::Ptr typesIn(const Poco::JSON::Object::Ptr& document, const std::string& projectIdOrKey) {
    const auto project = json::objectAt(json::array(document, "projects"), 0);
    if (!project) {
        throwMissing("project", "Jira shows the connected account no project " + projectIdOrKey +
                                    " that it may create issues in.");
    }
    return json::array(project, "issuetypes");
}

} // namespace

std::string createMetaPath(const std::string& projectIdOrKey, const std::string& issueTypeId) {
    return "/issue/createmeta" +
           queryString({{isId(projectIdOrKey) ? "projectIds" : "projectKeys", projectIdOrKey},
                        {"issuetypeIds", issueTypeId},
                        {"expand", issueTypeId.empty() ? "" : "projects.issuetypes.fields"}});
}

std::vector<IssueType> issueTypesIn(const Poco::JSON::Object::Ptr& document,
                                    const std::string& projectIdOrKey) {
    const auto types = typesIn(document, projectIdOrKey);
    std::vector<IssueType> all;
    for (std::size_t i = 0; types && i < types->size(); ++i) {
        all.push_back(readIssueType(json::objectAt(types, i)));
    }
    return all;
}

CreateScreen createScreenIn(const Poco::JSON::Object::Ptr& document, const std::string& projectIdOrKey) {
    const auto type = json::objectAt(typesIn(document, projectIdOrKey), 0);
    if (!type) {
        throwMissing("issuetype", "The project " + projectIdOrKey + " has no such issue type.");
    }
    CreateScreen screen;
    if (const auto fields = json::object(type, "fields")) {
        for (const auto& [id, value] : *fields) {
            FieldMeta field = readField(json::object(fields, id));
            field.fieldId = id;
            screen[id] = std::move(field);
        }
    }
    return screen;
}

} // namespace jira_plugin::jira
