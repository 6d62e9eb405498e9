#include <algorithm>
#include <functional>
#include <map>

#include "handlers/control.hpp"
#include "handlers/handlers.hpp"

/// POST /_sim/world: what an administrator of the Jira site may do behind an integration's back.
namespace jira_sim::handle {

namespace {

/// One operation with its members; all of them are texts.
struct Order {
    const Call& call;
    Site& site;
    json::ObjectPtr body;

    std::string text(const char* name) const {
        const std::string value = json::memberString(body, name);
        if (value.empty())
            throw Refusal{reply::message(400, std::string("The operation needs a member '") + name + "'")};
        return value;
    }
    Project& project() const { return control::project(site, text("project")); }
    std::string account() const { return control::person(call, text("account")).accountId; }
    std::string priorityId() const {
        const std::string name = text("priority");
        const Priority* found = site.priorityByName(name);
        if (found == nullptr && (found = site.priority(name)) == nullptr)
            throw Refusal{reply::message(404, "No priority '" + name + "'")};
        return found->id;
    }
};

void removeText(std::vector<std::string>& list, const std::string& text) {
    list.erase(std::remove(list.begin(), list.end(), text), list.end());
}

/// Applies to the issue type that `issueType` names, or to all of the project.
void eachType(const Order& order, const std::function<void(IssueType&)>& act) {
    const std::string only = json::memberString(order.body, "issueType");
    for (IssueType& type : order.project().issueTypes)
        if (only.empty() || type.name == only || type.id == only)
            act(type);
}

void removeProject(const Order& order) {
    auto& list = order.site.projects;
    const std::int64_t id = order.project().id;
    std::vector<IssuePtr> gone;
    for (const auto& entry : order.site.issues.all())
        if (entry.second->projectId == id)
            gone.push_back(entry.second);
    for (const IssuePtr& issue : gone)
        order.call.world().erase(order.site, *issue);
    list.erase(std::remove_if(list.begin(), list.end(), [&](const auto& item) { return item->id == id; }),
               list.end());
}

void renamePriority(const Order& order) {
    const std::string id = order.priorityId();
    for (Priority& priority : order.site.priorities)
        if (priority.id == id)
            priority.name = order.text("to");
}

void takePriority(const Order& order) {
    Project& project = order.project();
    removeText(project.priorityIds, order.priorityId());
    if (!project.priorityIds.empty() && project.defaultPriorityId == order.priorityId())
        project.defaultPriorityId = project.priorityIds.front();
}

void putField(const Order& order, bool required) {
    const std::string id = order.text("field");
    if (order.site.field(id) == nullptr)
        throw Refusal{reply::message(404, "No field '" + id + "'")};
    eachType(order, [&](IssueType& type) {
        for (ScreenField& item : type.screen)
            if (item.fieldId == id) {
                item.required = required;
                return;
            }
        type.screen.push_back({id, required});
    });
}

void takeField(const Order& order) {
    const std::string id = order.text("field");
    eachType(order, [&](IssueType& type) {
        type.screen.erase(std::remove_if(type.screen.begin(), type.screen.end(),
                                         [&](const ScreenField& item) { return item.fieldId == id; }),
                          type.screen.end());
    });
}

void takeIssueType(const Order& order) {
    auto& types = order.project().issueTypes;
    const std::string name = order.text("issueType");
    types.erase(std::remove_if(types.begin(), types.end(),
                               [&](const IssueType& type) { return type.name == name || type.id == name; }),
                types.end());
}

void removeSite(const Order& order) {
    order.call.world().grants().removeSite(order.site.cloudId);
}

void reviveProject(const Order& order, bool archived) {
    order.project().archived = archived;
}

void upgrade(const Order& order) {
    order.call.services.config.release = Release::parse(order.text("to"));
}

using Operation = std::function<void(const Order&)>;

const std::map<std::string, Operation>& operations() {
    static const std::map<std::string, Operation> map = {
        {"remove-project", removeProject},
        {"archive-project", [](const Order& o) { reviveProject(o, true); }},
        {"restore-project", [](const Order& o) { reviveProject(o, false); }},
        {"rename-project", [](const Order& o) { o.project().name = o.text("to"); }},
        {"rename-priority", renamePriority},
        {"take-priority", takePriority},
        {"make-unassignable", [](const Order& o) { removeText(o.project().assignable, o.account()); }},
        {"make-assignable", [](const Order& o) { o.project().assignable.push_back(o.account()); }},
        {"deactivate-user",
         [](const Order& o) { control::person(o.call, o.text("account")).active = false; }},
        {"activate-user", [](const Order& o) { control::person(o.call, o.text("account")).active = true; }},
        {"deny",
         [](const Order& o) {
             o.project().denied.insert({o.account(), o.text("permission")});
         }},
        {"allow",
         [](const Order& o) {
             o.project().denied.erase({o.account(), o.text("permission")});
         }},
        {"require-field", [](const Order& o) { putField(o, true); }},
        {"add-field", [](const Order& o) { putField(o, false); }},
        {"take-field", takeField},
        {"take-issue-type", takeIssueType},
        {"uninstall-app", removeSite},
        {"upgrade", upgrade},
    };
    return map;
}

} // namespace

Response changeWorld(Call& call) {
    json::ObjectPtr body = call.body();
    const auto operation = operations().find(json::memberString(body, "op"));
    if (operation == operations().end()) {
        std::string names;
        for (const auto& entry : operations())
            names += (names.empty() ? "" : ", ") + entry.first;
        return reply::message(400, "Unknown op; there are " + names);
    }
    operation->second({call, control::site(call, json::memberString(body, "site")), body});
    return Response::json(200, json::object({{"done", operation->first}}));
}

} // namespace jira_sim::handle
