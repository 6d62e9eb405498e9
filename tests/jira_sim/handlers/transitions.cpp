#include "handlers/handlers.hpp"
#include "handlers/views.hpp"

namespace jira_sim::handle {

Response transitions(Call& call) {
    const IssuePtr issue = call.issue();
    const Project& project = *call.site->project(issue->projectId);
    const bool withFields = call.query("expand").find("transitions.fields") != std::string::npos;
    const std::string only = call.query("transitionId");
    json::ArrayPtr list = json::array();
    for (const Transition* item : transitionsOf(*call.user, project, *issue))
        if (only.empty() || item->id == only)
            list->add(view::transition(call, *issue, *item, withFields));
    return Response::json(200, json::object({{"expand", "transitions"}, {"transitions", list}}));
}

Response transition(Call& call) {
    const IssuePtr issue = call.issue();
    const WriteResult result = transitionIssue(call.actor(), *issue, call.body());
    return result ? Response::empty(204) : reply::errors(result.status, result.errors);
}

} // namespace jira_sim::handle
