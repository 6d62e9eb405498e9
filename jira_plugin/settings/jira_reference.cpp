#include "jira_reference.hpp"

#include "context.hpp"
#include "jira/errors.hpp"
#include "mapping/text.hpp"

#include <algorithm>
#include <cctype>

namespace jira_plugin::settings {
namespace {

/// Nothing else can be an id or a key, so Jira need not be asked.
bool canBeReference(const std::string& text) {
    return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '_' || c == '-';
    });
}

} // namespace

std::optional<jira::ProjectRef> findJiraProject(jira::Client& client, const std::string& idOrKey) {
    if (!canBeReference(idOrKey))
        return std::nullopt;
    try {
        return client.project(idOrKey);
    } catch (const jira::Refusal& e) {
        if (e.status() != 404)
            throw;
        return std::nullopt;
    }
}

jira::ProjectRef jiraProject(jira::Client& client, const std::string& idOrKey) {
    if (auto project = findJiraProject(client, idOrKey))
        return *project;
    throw ApiProblem(404, "not_found",
                     "Jira has no project '" + mapping::cutText(mapping::oneLine(idOrKey), 80) +
                         "' that the connected account may see.",
                     "Check the key, or ask your Jira admin to give the account access.");
}

const jira::IssueType* findIssueType(const std::vector<jira::IssueType>& types, const std::string& idOrName) {
    const auto byId =
        std::find_if(types.begin(), types.end(), [&](const auto& type) { return type.id == idOrName; });
    if (byId != types.end())
        return &*byId;
    const std::string lower = mapping::lowerAscii(idOrName);
    const auto byName = std::find_if(types.begin(), types.end(), [&](const auto& type) {
        return mapping::lowerAscii(type.name) == lower;
    });
    return byName == types.end() ? nullptr : &*byName;
}

jira::IssueType issueType(jira::Client& client, const jira::ProjectRef& project, const std::string& id) {
    const auto types = client.issueTypes(project.id);
    if (const auto* type = findIssueType(types, id))
        return *type;
    throw ApiProblem(404, "not_found",
                     "The Jira project " + project.key + " has no issue type '" +
                         mapping::cutText(mapping::oneLine(id), 80) + "'.",
                     "GET /api/jira/projects/" + project.id + "/issue-types lists them.");
}

} // namespace jira_plugin::settings
