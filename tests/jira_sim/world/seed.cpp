#include "world/seed.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace jira_sim::seed {

namespace {

const std::string customTypes = "com.atlassian.jira.plugin.system.customfieldtypes:";

const char* statusToDo = "10000";
const char* statusInProgress = "3";
const char* statusDone = "10001";
const char* statusInReview = "10002";
const char* statusOnHold = "10003";

Workflow simpleWorkflow(const std::string& toDo, const std::string& inProgress, const std::string& done) {
    return {toDo,
            {toDo, inProgress, done},
            {{"11", "To Do", "", toDo}, {"21", "In Progress", "", inProgress}, {"31", "Done", "", done}}};
}

/// One step at a time, closing asks for a resolution on a screen, and from On Hold no step leads anywhere.
Workflow reviewedWorkflow() {
    return {statusToDo,
            {statusToDo, statusInProgress, statusInReview, statusOnHold, statusDone},
            {{"4", "Start progress", statusToDo, statusInProgress},
             {"5", "Send to review", statusInProgress, statusInReview},
             {"8", "Put on hold", statusInProgress, statusOnHold},
             {"6", "Close issue", statusInReview, statusDone, {{"resolution", true}}},
             {"7", "Reopen", statusDone, statusToDo}}};
}

/// Closing asks for a resolution and for a field that is nowhere else.
Workflow auditedWorkflow() {
    Workflow workflow = simpleWorkflow(statusToDo, statusInProgress, statusDone);
    workflow.transitions.back().screen = {{"resolution", true}, {"customfield_10061", true}};
    return workflow;
}

/// `spec` lists field ids; a trailing `!` makes the field required.
std::vector<ScreenField> screen(const std::vector<std::string>& spec) {
    std::vector<ScreenField> fields = {{"summary", true}, {"issuetype", true}, {"project", true}};
    for (const std::string& item : spec) {
        const bool required = item.back() == '!';
        fields.push_back({required ? item.substr(0, item.size() - 1) : item, required});
    }
    return fields;
}

const std::vector<std::string> usualFields = {"description", "priority",   "labels",
                                              "assignee",    "reporter",   "duedate",
                                              "parent",      "components", "customfield_10016"};

std::vector<std::string> usualFieldsAnd(std::vector<std::string> more) {
    more.insert(more.begin(), usualFields.begin(), usualFields.end());
    return more;
}

std::vector<std::string> usualFieldsWithout(const std::string& left) {
    std::vector<std::string> list;
    for (const std::string& id : usualFields)
        if (id != left)
            list.push_back(id);
    return list;
}

IssueType epic() {
    return {"10000", "Epic", "A big piece of work.", 1,
            screen({"description", "priority", "labels", "assignee", "reporter", "duedate"})};
}
IssueType story(const std::vector<ScreenField>& fields) {
    return {"10001", "Story", "Something a user wants.", 0, fields};
}
IssueType task(const std::vector<ScreenField>& fields) {
    return {"10002", "Task", "A small piece of work.", 0, fields};
}
IssueType bug(const std::vector<ScreenField>& fields) {
    return {"10004", "Bug", "A problem or error.", 0, fields};
}

Project& add(Site& site, Random& random, const std::string& key, const std::string& name,
             std::vector<IssueType> types) {
    auto project = std::make_unique<Project>();
    project->id = 10000 + static_cast<std::int64_t>(site.projects.size());
    project->key = key;
    project->name = name;
    project->uuid = random.uuid();
    project->issueTypes = std::move(types);
    project->workflow = simpleWorkflow(statusToDo, statusInProgress, statusDone);
    for (const Priority& priority : site.priorities)
        project->priorityIds.push_back(priority.id);
    project->defaultPriorityId = "3";
    site.projects.push_back(std::move(project));
    return *site.projects.back();
}

void assignableTo(Project& project, const std::vector<User>& users, const std::vector<std::size_t>& who) {
    project.leadAccountId = users[who.front()].accountId;
    for (const std::size_t index : who)
        project.assignable.push_back(users[index].accountId);
}

} // namespace

void people(std::vector<User>& users, Random& random) {
    const auto newStyle = [&] { return "712020:" + random.uuid(); };
    const auto oldStyle = [&] { return "5b10" + random.hex(20); };
    // Logins and keys are those of a Data Center: since 8.4 the key of a new user is made up.
    users = {
        {newStyle(), "Sam Rivera", "sam.rivera@acme.example", true, true, true, "atlassian", "Etc/UTC",
         "srivera", "srivera"},
        {newStyle(), "Priya Natarajan", "priya@acme.example", false, true, false, "atlassian", "Asia/Kolkata",
         "priya", "JIRAUSER10101"},
        {oldStyle(), "Jonas Weber", "jonas.weber@acme.example", true, true, false, "atlassian",
         "Europe/Berlin", "jweber", "jweber"},
        {"557058:" + random.uuid(), "Mei Tanaka", "mei@acme.example", false, true, false, "atlassian",
         "Asia/Tokyo", "mtanaka", "JIRAUSER10103"},
        {newStyle(), "Olu Adeyemi", "olu@acme.example", false, true, false, "atlassian", "Africa/Lagos",
         "oadeyemi", "JIRAUSER10104"},
        {oldStyle(), "Carla Souza", "carla@acme.example", false, false, false, "atlassian",
         "America/Sao_Paulo", "csouza", "csouza"},
        {newStyle(), "Security Bot", "", false, true, false, "app", "Etc/UTC", "security-bot",
         "JIRAUSER10106"},
    };
}

void schemes(Site& site) {
    site.priorities = {{"1", "Highest", "This problem will block progress.", "#d04437"},
                       {"2", "High", "Serious problem that could block progress.", "#f15C75"},
                       {"3", "Medium", "Has the potential to affect progress.", "#f79232"},
                       {"4", "Low", "Minor problem or easily worked around.", "#707070"},
                       {"5", "Lowest", "Trivial problem with little or no impact on progress.", "#999999"}};
    site.statuses = {{statusToDo, "To Do", 2, 0},
                     {statusInProgress, "In Progress", 4, 0},
                     {statusInReview, "In Review", 4, 0},
                     {statusOnHold, "On Hold", 4, 0},
                     {statusDone, "Done", 3, 0}};
    site.resolutions = {{"10000", "Done", "Work has been completed on this issue."},
                        {"10001", "Won't Do", "This issue won't be actioned."},
                        {"10002", "Duplicate", "The problem is a duplicate of an existing issue."},
                        {"10003", "Cannot Reproduce", "All attempts at reproducing this issue failed."},
                        {"10004", "False Positive", "The report was wrong."}};
    site.fields = {
        {"summary", "Summary", FieldKind::Summary, "", {}},
        {"issuetype", "Issue Type", FieldKind::IssueType, "", {}},
        {"project", "Project", FieldKind::Project, "", {}},
        {"description", "Description", FieldKind::RichText, "", {}},
        {"environment", "Environment", FieldKind::RichText, "", {}},
        {"priority", "Priority", FieldKind::Priority, "", {}},
        {"labels", "Labels", FieldKind::Labels, "", {}},
        {"assignee", "Assignee", FieldKind::User, "", {}},
        {"reporter", "Reporter", FieldKind::Reporter, "", {}},
        {"duedate", "Due date", FieldKind::Date, "", {}},
        {"parent", "Parent", FieldKind::Parent, "", {}},
        {"components", "Components", FieldKind::Components, "", {}},
        {"fixVersions", "Fix versions", FieldKind::Versions, "", {}},
        {"customfield_10016", "Story point estimate", FieldKind::Number, customTypes + "float", {}},
        {"customfield_10050",
         "Risk class",
         FieldKind::Select,
         customTypes + "select",
         {{"10100", "A - critical", {}}, {"10101", "B - elevated", {}}, {"10102", "C - normal", {}}}},
        {"customfield_10051",
         "Regulations",
         FieldKind::MultiSelect,
         customTypes + "multicheckboxes",
         {{"10110", "GDPR", {}}, {"10111", "PCI DSS", {}}, {"10112", "SOX", {}}}},
        {"customfield_10052", "Found on", FieldKind::Date, customTypes + "datepicker", {}},
        {"customfield_10053", "Exploited since", FieldKind::DateTime, customTypes + "datetime", {}},
        {"customfield_10054", "Scanner", FieldKind::Text, customTypes + "textfield", {}},
        {"customfield_10055", "Evidence", FieldKind::RichText, customTypes + "textarea", {}},
        {"customfield_10056", "Advisory", FieldKind::Url, customTypes + "url", {}},
        {"customfield_10057", "Risk owner", FieldKind::User, customTypes + "userpicker", {}},
        {"customfield_10058", "Reviewers", FieldKind::MultiUser, customTypes + "multiuserpicker", {}},
        {"customfield_10059",
         "Affected area",
         FieldKind::Cascading,
         customTypes + "cascadingselect",
         {{"10120", "Cloud", {{"10121", "Network", {}}, {"10122", "Storage", {}}}},
          {"10123", "On premises", {{"10124", "Data centre", {}}}}}},
        {"customfield_10060", "CWE", FieldKind::Labels, customTypes + "labels", {}},
        {"customfield_10061",
         "Exposure",
         FieldKind::Select,
         customTypes + "radiobuttons",
         {{"10130", "Internal", {}}, {"10131", "Internet", {}}}},
    };
}

void projects(Site& site, const std::vector<User>& users, Random& random) {
    const auto usual = screen(usualFields);

    Project& pay =
        add(site, random, "PAY", "Payments API",
            {epic(), story(usual), task(usual), bug(screen(usualFieldsAnd({"environment", "fixVersions"})))});
    pay.description = "Everything that moves money.";
    pay.components = {{"10000", "api", {}}, {"10001", "ledger", {}}};
    pay.versions = {{"10000", "2.4", {}}, {"10001", "2.5", {}}};
    assignableTo(pay, users, {0, 1, 2});

    Project& auth = add(site, random, "AUTH", "Auth Service", {task(usual), bug(usual)});
    assignableTo(auth, users, {2, 0, 3});

    Project& mob = add(site, random, "MOB", "Mobile App", {});
    mob.teamManaged = true;
    const auto mobScreen =
        screen({"description", "priority", "labels", "assignee", "reporter", "duedate", "parent"});
    mob.issueTypes = {{"10010", "Bug", "A problem or error.", 0, mobScreen},
                      {"10011", "Task", "A small piece of work.", 0, mobScreen}};
    for (const auto& [id, name, category] :
         {std::make_tuple("10010", "To Do", 2), std::make_tuple("10011", "In Progress", 4),
          std::make_tuple("10012", "Done", 3)})
        site.statuses.push_back({id, name, category, mob.id});
    mob.workflow = simpleWorkflow("10010", "10011", "10012");
    assignableTo(mob, users, {4, 0});

    Project& compliance =
        add(site, random, "CMP", "Compliance",
            {task(screen(usualFieldsAnd({"customfield_10050!"}))),
             bug(screen(usualFieldsAnd({"customfield_10050", "customfield_10051", "customfield_10052",
                                        "customfield_10053", "customfield_10054", "customfield_10055",
                                        "customfield_10056", "customfield_10057", "customfield_10058",
                                        "customfield_10059", "customfield_10060", "customfield_10061"})))});
    compliance.workflow = auditedWorkflow();
    assignableTo(compliance, users, {0, 3});

    Project& operations =
        add(site, random, "OPS", "Platform Operations", {task(screen(usualFieldsWithout("priority")))});
    assignableTo(operations, users, {2, 0});

    Project& legacy = add(site, random, "LEG", "Legacy Billing", {task(usual), bug(usual)});
    legacy.priorityIds = {"2", "3", "4"};
    legacy.workflow = reviewedWorkflow();
    assignableTo(legacy, users, {1, 0});
}

void generatedProjects(Site& site, const std::vector<User>& users, Random& random, int count) {
    static const char* areas[] = {"Billing", "Search", "Catalog", "Identity",
                                  "Reports", "Mobile", "Gateway", "Data"};
    static const char* kinds[] = {"Service", "Platform", "Portal", "Pipeline", "Library", "Console"};
    const auto usual = screen(usualFields);
    for (int i = 1; i <= count; ++i) {
        char key[16];
        std::snprintf(key, sizeof key, "P%04d", i);
        const std::string name =
            std::string(areas[random.next() % 8]) + " " + kinds[random.next() % 6] + " " + std::to_string(i);
        assignableTo(add(site, random, key, name, {task(usual), bug(usual)}), users,
                     {0, 1 + random.next() % 4});
    }
}

void asDataCenter(Site& site, std::vector<User>& users) {
    for (User& user : users)
        user.systemAdmin = user.admin;
    const std::string agile = "com.pyxis.greenhopper.jira:";
    site.fields.push_back(
        {"customfield_10100", "Epic Link", FieldKind::EpicLink, agile + "gh-epic-link", {}});
    site.fields.push_back({"customfield_10102", "Epic Name", FieldKind::Text, agile + "gh-epic-label", {}});
    site.statuses.erase(std::remove_if(site.statuses.begin(), site.statuses.end(),
                                       [](const Status& status) { return status.projectId != 0; }),
                        site.statuses.end());
    for (const auto& project : site.projects) {
        if (project->teamManaged) {
            project->teamManaged = false;
            project->issueTypes = {task(screen(usualFields)), bug(screen(usualFields))};
            project->workflow = simpleWorkflow(statusToDo, statusInProgress, statusDone);
        }
        for (IssueType& type : project->issueTypes) {
            for (ScreenField& item : type.screen)
                if (item.fieldId == "parent") // sub-tasks alone have one, and there are none here
                    item.fieldId = "customfield_10100";
            if (type.hierarchyLevel == 1)
                type.screen.push_back({"customfield_10102", true});
        }
    }
}

} // namespace jira_sim::seed
