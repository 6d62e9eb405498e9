#include "world/issue_writer.hpp"

#include <algorithm>

/// What people do with whole issues: move, clone, archive.
namespace jira_sim {

namespace {

std::string sameNamedStatus(const Site& site, const Project& target, const std::string& statusId) {
    const Status* old = site.status(statusId);
    for (const std::string& id : target.workflow.statuses) {
        const Status* candidate = site.status(id);
        if (old != nullptr && candidate != nullptr && candidate->name == old->name)
            return id;
    }
    return target.workflow.initialStatus;
}

std::string sameNamedType(const Site& site, const Project& target, const Issue& issue) {
    const Project* home = site.project(issue.projectId);
    const IssueType* old = home == nullptr ? nullptr : issueType(*home, issue.issueTypeId);
    const IssueType* same = old == nullptr ? nullptr : issueTypeByName(target, old->name);
    return same != nullptr ? same->id : target.issueTypes.front().id;
}

void fitInto(const Site& site, Project& target, Issue& issue) {
    issue.issueTypeId = sameNamedType(site, target, issue);
    issue.statusId = sameNamedStatus(site, target, issue.statusId);
    const auto& priorities = target.priorityIds;
    if (std::find(priorities.begin(), priorities.end(), issue.priorityId) == priorities.end())
        issue.priorityId = target.defaultPriorityId;
    const Status* status = site.status(issue.statusId);
    if (status == nullptr || status->categoryId != 3) {
        issue.resolutionId.clear();
        issue.resolvedMs = 0;
    }
    issue.projectId = target.id;
    issue.key = target.key + "-" + std::to_string(target.nextIssueNumber++);
}

} // namespace

IssuePtr moveIssue(const Actor& actor, const Issue& issue, Project& target) {
    Issue next = issue;
    fitInto(actor.site, target, next);
    return storeChange(actor, issue, std::move(next));
}

IssuePtr cloneIssue(const Actor& actor, const Issue& issue) {
    Project* home = actor.site.project(issue.projectId);
    Issue copy = issue;
    copy.id = actor.site.nextIssueId++;
    copy.key = home->key + "-" + std::to_string(home->nextIssueNumber++);
    copy.summary = "CLONE - " + issue.summary;
    copy.statusId = home->workflow.initialStatus;
    copy.resolutionId.clear();
    copy.reporterId = copy.creatorId = actor.user.accountId;
    copy.properties.clear();
    copy.comments.clear();
    copy.remoteLinks.clear();
    copy.changes.clear();
    copy.createdMs = copy.updatedMs = copy.statusChangedMs = actor.world.nowMs();
    copy.resolvedMs = 0;
    copy.archived = false;
    return storeNew(actor, copy);
}

IssuePtr archiveIssue(const Actor& actor, const Issue& issue, bool archived) {
    Issue next = issue;
    next.archived = archived;
    actor.world.store(actor.site, next);
    return actor.site.issues.find(next.id);
}

} // namespace jira_sim
