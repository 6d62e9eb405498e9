#include <algorithm>
#include <map>

#include "embedded_files.hpp"
#include "handlers/control.hpp"
#include "handlers/handlers.hpp"
#include "handlers/page.hpp"
#include "handlers/views.hpp"
#include "world/adf_text.hpp"
#include "world/field_rules.hpp"

/// Boards and issues for people. Forms post and redirect back; there is no script.
namespace jira_sim::handle {

namespace {

/// The site of the path with the prefix of its links.
struct Place {
    Site& site;
    std::string prefix;
};

Place place(const Call& call) {
    const auto named = call.params.find("site");
    if (call.world().sites().empty())
        throw Refusal{
            htmlPage(404, "No site", "<main><h1>No site</h1><p>This world has no Jira site.</p></main>")};
    if (named == call.params.end())
        return {*call.world().sites().front(), call.services.config.contextPath};
    return {control::site(call, named->second), "/sites/" + percentEncode(named->second)};
}

Response page(const Place& at, const std::string& title, const std::string& crumbs, const std::string& body) {
    return htmlPage(200, title + " - Jira stand-in",
                    "<header><a class=\"brand\" href=\"" + (at.prefix.empty() ? "/" : at.prefix) +
                        "\">Jira <em>stand-in</em></a>"
                        "<nav>" +
                        crumbs + "</nav><span class=\"site\">" + htmlEscape(at.site.name) +
                        "</span></header><main>" + body + "</main>");
}

std::string link(const std::string& href, const std::string& text, const std::string& cssClass = "") {
    return "<a" + (cssClass.empty() ? "" : " class=\"" + cssClass + "\"") + " href=\"" + htmlEscape(href) +
           "\">" + htmlEscape(text) + "</a>";
}

std::string personName(const Call& call, const std::string& accountId) {
    const User* user = call.world().user(accountId);
    return user == nullptr ? "Unassigned" : user->displayName;
}

std::string lozenge(const Site& site, const std::string& statusId) {
    const Status* status = site.status(statusId);
    return status == nullptr ? ""
                             : "<span class=\"lozenge " + std::string(categoryKey(status->categoryId)) +
                                   "\">" + htmlEscape(status->name) + "</span>";
}

std::string priorityChip(const Site& site, const std::string& id) {
    const Priority* item = site.priority(id);
    return item == nullptr ? ""
                           : "<span class=\"priority p" + htmlEscape(item->id) + "\">" +
                                 htmlEscape(item->name) + "</span>";
}

std::string labelChips(const Issue& issue) {
    std::string html;
    for (const std::string& label : issue.labels)
        html += "<span class=\"label\">" + htmlEscape(label) + "</span>";
    return html;
}

std::string card(const Call& call, const Place& at, const Issue& issue) {
    std::string html = "<li class=\"card\"><p class=\"summary\">" +
                       link(at.prefix + "/browse/" + issue.key, issue.summary) + "</p>";
    if (!issue.labels.empty())
        html += "<p class=\"labels\">" + labelChips(issue) + "</p>";
    html += "<p class=\"meta\"><span class=\"key\">" + issue.key + "</span>" +
            priorityChip(at.site, issue.priorityId);
    if (!issue.dueDate.empty())
        html += "<span class=\"due\">due <time>" + htmlEscape(issue.dueDate) + "</time></span>";
    return html + "<span class=\"assignee\">" + htmlEscape(personName(call, issue.assigneeId)) +
           "</span></p></li>";
}

std::map<std::string, std::string> form(const Call& call) {
    std::map<std::string, std::string> values;
    for (const auto& [name, value] : parseForm(call.request.body))
        values[name] = value;
    return values;
}

IssuePtr issueOf(const Call& call, const Place& at) {
    const IssuePtr issue = at.site.issues.find(call.param("key"));
    if (!issue || at.site.project(issue->projectId) == nullptr)
        throw Refusal{htmlPage(404, "No such issue",
                               "<main><h1>No such issue</h1><p>" + htmlEscape(call.param("key")) +
                                   " does not exist or was deleted.</p></main>")};
    return issue;
}

std::string actingAs(const Call& call, const std::string& what) {
    std::string html = "<label class=\"field\">" + what + " <select name=\"as\">";
    for (const User& user : call.world().users())
        if (user.active)
            html += "<option value=\"" + user.accountId + "\"" +
                    (&user == &call.world().users().at(1) ? " selected" : "") + ">" +
                    htmlEscape(user.displayName) + "</option>";
    return html + "</select></label>";
}

/// `2026-11-24 05:55 UTC`
std::string moment(std::int64_t ms) {
    const std::string text = jiraDateTime(ms);
    return "<time datetime=\"" + text + "\">" + text.substr(0, 10) + " " + text.substr(11, 5) + " UTC</time>";
}

/// A stored field value for the eye: names instead of objects, lists with commas.
std::string valueText(const Call& call, const json::Value& value) {
    std::string text;
    if (json::ArrayPtr list = json::asArray(value)) {
        for (const json::Value& item : *list)
            text += (text.empty() ? "" : ", ") + valueText(call, item);
        return text;
    }
    if (json::ObjectPtr object = json::asObject(value)) {
        text = json::memberString(object, object->has("name") ? "name" : "value");
        return object->has("child") ? text + " / " + valueText(call, object->get("child")) : text;
    }
    text = json::asString(value).value_or(json::text(value));
    const User* user = call.world().user(text);
    return user == nullptr ? text : user->displayName;
}

std::string detail(const std::string& name, const std::string& html) {
    return "<dt>" + htmlEscape(name) + "</dt><dd>" +
           (html.empty() ? "<span class=\"none\">None</span>" : html) + "</dd>";
}

std::string details(const Call& call, const Place& at, const Issue& issue, const Project& home) {
    const IssueType* type = issueType(home, issue.issueTypeId);
    const Resolution* resolution = at.site.resolution(issue.resolutionId);
    std::string html =
        "<dl>" + detail("Status", lozenge(at.site, issue.statusId)) +
        detail("Resolution", resolution == nullptr ? "" : htmlEscape(resolution->name)) +
        detail("Type", type == nullptr ? "" : htmlEscape(type->name)) +
        detail("Priority", priorityChip(at.site, issue.priorityId)) + detail("Labels", labelChips(issue)) +
        detail("Assignee", htmlEscape(personName(call, issue.assigneeId))) +
        detail("Reporter", htmlEscape(personName(call, issue.reporterId))) +
        detail("Due date", htmlEscape(issue.dueDate)) + detail("Created", moment(issue.createdMs)) +
        detail("Updated", moment(issue.updatedMs));
    if (!issue.parentKey.empty())
        html += detail("Parent", link(at.prefix + "/browse/" + issue.parentKey, issue.parentKey));
    for (const auto& [id, text] : issue.values) {
        const Field* field = at.site.field(id);
        const json::Value value = view::stored(text);
        const bool isDocument = json::memberString(json::asObject(value), "type") == "doc";
        const bool isWiki = field != nullptr && field->kind == FieldKind::RichText && json::isString(value);
        if (id != "description")
            html += detail(field == nullptr ? id : field->name,
                           isDocument || isWiki ? adfHtml(value) : htmlEscape(valueText(call, value)));
    }
    return html + "</dl>";
}

/// The status that a press of "Close issue" or "Reopen issue" leads to.
std::string closeOrReopen(const Place& at, const Issue& issue, const Project& home) {
    const auto isDone = [&](const std::string& id) {
        const Status* status = at.site.status(id);
        return status != nullptr && status->categoryId == 3;
    };
    const auto button = [](const std::string& to, const char* text) {
        return "<button name=\"to\" value=\"" + to + "\">" + text + "</button>";
    };
    if (isDone(issue.statusId))
        return button(home.workflow.initialStatus, "Reopen issue");
    const auto& all = home.workflow.statuses;
    const auto done = std::find_if(all.begin(), all.end(), isDone);
    return done == all.end() ? std::string() : button(*done, "Close issue");
}

std::string transitionButtons(const Call& call, const Place& at, const Issue& issue, const Project& home) {
    std::string html = "<form class=\"transitions\" method=\"post\" action=\"" + at.prefix + "/browse/" +
                       issue.key + "/transition\">" + actingAs(call, "Move as");
    for (const std::string& id : home.workflow.statuses) {
        const Status* status = at.site.status(id);
        if (status != nullptr && id != issue.statusId)
            html += "<button name=\"to\" value=\"" + id + "\"" +
                    (status->categoryId == 3 ? " class=\"primary\"" : "") + ">" + htmlEscape(status->name) +
                    "</button>";
    }
    return html + closeOrReopen(at, issue, home) + "</form>";
}

std::string commentSection(const Call& call, const Place& at, const Issue& issue) {
    std::string html = "<section class=\"comments\"><h2>Comments</h2>";
    for (const Comment& comment : issue.comments)
        html += "<article><p class=\"by\">" + htmlEscape(personName(call, comment.authorId)) + " " +
                moment(comment.createdMs) + "</p>" + adfHtml(view::stored(comment.body)) + "</article>";
    if (issue.comments.empty())
        html += "<p class=\"none\">No comments yet.</p>";
    return html + "<form method=\"post\" action=\"" + at.prefix + "/browse/" + issue.key +
           "/comment\"><label class=\"field wide\">Add a comment<textarea name=\"text\" rows=\"3\" "
           "required></textarea></label>"
           "<label class=\"field\">Visible to<select name=\"restrictTo\"><option "
           "value=\"\">Everybody</option>"
           "<option>Administrators</option></select></label>" +
           actingAs(call, "as") + "<button class=\"primary\">Save</button></form></section>";
}

} // namespace

namespace {

/// Where an administrator of Data Center finds what the guide names.
std::string administration(const Call& call, const Place& at) {
    if (!call.isDataCenter())
        return {};
    return "<p>Administration: " +
           link(at.prefix + "/plugins/servlet/applinks/listApplicationLinks", "Application links") +
           " · Profile: " +
           link(at.prefix + "/plugins/servlet/oauth/users/access-tokens", "OAuth access tokens") + "</p>";
}

const char* kindOf(const Call& call, const Project& project) {
    return call.isDataCenter() ? "Software" : project.teamManaged ? "Team-managed" : "Company-managed";
}

} // namespace

Response home(Call& call) {
    const Place at = place(call);
    std::map<std::int64_t, std::int64_t> counts;
    for (const auto& entry : at.site.issues.all())
        ++counts[entry.second->projectId];
    std::string rows;
    for (const auto& project : at.site.projects)
        rows += "<tr><td>" + link(at.prefix + "/projects/" + project->key, project->name) +
                "</td><td><code>" + project->key + "</code></td><td>" + kindOf(call, *project) +
                "</td><td class=\"number\">" + std::to_string(counts[project->id]) + "</td></tr>";
    std::string others;
    for (const auto& site : call.world().sites())
        if (site.get() != &at.site)
            others +=
                " " + link(site == call.world().sites().front() ? "/" : "/sites/" + site->name, site->name);
    return page(at, "Projects", "",
                "<h1>Projects</h1><table><thead><tr><th>Name</th><th>Key</th><th>Kind</th><th "
                "class=\"number\">Issues</th></tr></thead><tbody>" +
                    rows + "</tbody></table>" + administration(call, at) +
                    (others.empty() ? "" : "<p class=\"note\">Other sites:" + others + "</p>"));
}

Response board(Call& call) {
    const Place at = place(call);
    const Project* project = at.site.project(call.param("project"));
    if (project == nullptr)
        return htmlPage(404, "No such project", "<main><h1>No such project</h1></main>");
    std::string columns;
    for (const std::string& id : project->workflow.statuses) {
        std::string cards;
        std::int64_t count = 0;
        const auto& all = at.site.issues.all();
        for (auto entry = all.rbegin(); entry != all.rend(); ++entry) {
            if (entry->second->projectId != project->id || entry->second->statusId != id)
                continue;
            if (++count <= 200) // a board of thousands helps nobody
                cards += card(call, at, *entry->second);
        }
        const Status* status = at.site.status(id);
        columns += "<section class=\"column\"><h2>" + htmlEscape(status == nullptr ? id : status->name) +
                   " <span class=\"count\">" + std::to_string(count) + "</span></h2><ul>" + cards + "</ul>" +
                   (count > 200 ? "<p class=\"note\">The newest 200 are shown.</p>" : "") + "</section>";
    }
    return page(at, project->name, link(at.prefix + "/projects/" + project->key, project->name),
                "<h1>" + htmlEscape(project->name) + " <small>" + project->key +
                    " board</small></h1><div class=\"board\">" + columns + "</div>");
}

Response issuePage(Call& call) {
    const Place at = place(call);
    const IssuePtr issue = issueOf(call, at);
    const Project& home = *at.site.project(issue->projectId);
    const auto description = issue->values.find("description");
    return page(at, issue->key + " " + issue->summary,
                link(at.prefix + "/projects/" + home.key, home.name) + " / <span>" + issue->key + "</span>",
                "<div class=\"issue\"><div class=\"content\"><h1>" + htmlEscape(issue->summary) + "</h1>" +
                    transitionButtons(call, at, *issue, home) +
                    "<section class=\"description\"><h2>Description</h2>" +
                    (description == issue->values.end() ? "<p class=\"none\">None</p>"
                                                        : adfHtml(view::stored(description->second))) +
                    "</section>" + commentSection(call, at, *issue) +
                    "</div><aside class=\"details\"><h2>Details</h2>" + details(call, at, *issue, home) +
                    "</aside></div>");
}

Response pressTransition(Call& call) {
    const Place at = place(call);
    const IssuePtr issue = issueOf(call, at);
    auto values = form(call);
    control::moveTo(call, at.site, control::hand(call, values["as"]), *issue, values["to"], "");
    return Response::redirect(at.prefix + "/browse/" + issue->key).with("Cache-Control", "no-store");
}

namespace {

json::Value restriction(const std::string& role) {
    return role.empty()
               ? json::Value()
               : json::Value(json::object({{"type", "role"}, {"value", role}, {"identifier", role}}));
}

} // namespace

Response pressComment(Call& call) {
    const Place at = place(call);
    const IssuePtr issue = issueOf(call, at);
    auto values = form(call);
    if (!values["text"].empty() && json::isUtf8(values["text"]))
        jira_sim::addComment({call.world(), at.site, control::hand(call, values["as"])}, *issue,
                             richText(call.world(), values["text"]), restriction(values["restrictTo"]));
    return Response::redirect(at.prefix + "/browse/" + issue->key).with("Cache-Control", "no-store");
}

Response styleSheet(Call&) {
    Response response;
    response.contentType = "text/css;charset=UTF-8";
    response.body = embedded::styleSheet();
    return response.with("Cache-Control", "max-age=300");
}

Response avatar(Call&) {
    Response response;
    response.contentType = "image/svg+xml";
    response.body =
        R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" rx="10" fill="#2864dc"/><path d="M14 14h20v6H14zm0 10h14v6H14zm0 10h8v4h-8z" fill="#fff"/></svg>)";
    return response.with("Cache-Control", "max-age=86400");
}

} // namespace jira_sim::handle
