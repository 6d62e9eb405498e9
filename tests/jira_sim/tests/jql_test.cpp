#include <catch2/catch.hpp>

#include "jql/query.hpp"
#include "world/issue_writer.hpp"
#include "world/world.hpp"

using namespace jira_sim;

namespace {

/// Four issues: PAY-1 bug high open with labels a,b; PAY-2 task done; AUTH-1 with assignee; MOB-1 due.
struct Bench {
    World world{WorldOptions{}};
    Site& site = *world.sites().front();
    const User& sam = world.users().front();

    Bench() {
        world.setIndexDelayMs(0);
        add(R"({"project":{"key":"PAY"},"issuetype":{"name":"Bug"},"summary":"SQL injection in login","labels":["a","b"],"priority":{"id":"2"}})");
        add(R"({"project":{"key":"PAY"},"issuetype":{"name":"Task"},"summary":"Clean up"})");
        add(R"({"project":{"key":"AUTH"},"issuetype":{"name":"Bug"},"summary":"Weak hash","labels":["a"],"assignee":{"id":")" +
            world.users()[3].accountId + "\"}}");
        add(R"({"project":{"key":"MOB"},"issuetype":{"name":"Bug"},"summary":"Leak","duedate":"2026-12-31"})");
        transitionIssue({world, site, sam}, *site.issues.find("PAY-2"),
                        json::parse(R"({"transition":{"id":"31"}})"));
    }
    void add(const std::string& fields) {
        REQUIRE(createIssue({world, site, sam}, json::parse("{\"fields\":" + fields + "}")));
    }
    /// The keys a query finds, in its order.
    std::string keys(const std::string& text) {
        const jql::Query query = jql::parse(text, {world, site, sam});
        std::vector<IssuePtr> found;
        for (const auto& entry : site.issues.all())
            if (query.matches(*entry.second))
                found.push_back(entry.second);
        query.sort(site, found);
        std::string list;
        for (const IssuePtr& issue : found)
            list += (list.empty() ? "" : " ") + issue->key;
        return list;
    }
    std::string refusal(const std::string& text) {
        try {
            jql::parse(text, {world, site, sam});
        } catch (const jql::Refused& refused) {
            return refused.message;
        }
        return "accepted";
    }
};

} // namespace

TEST_CASE("JQL compares fields with values, lists and emptiness", "[jql]") {
    Bench bench;
    const std::pair<const char*, const char*> cases[] = {
        {"project = PAY ORDER BY key ASC", "PAY-1 PAY-2"},
        {"project = \"Payments API\" order by key", "PAY-1 PAY-2"},
        {"project in (AUTH, MOB) ORDER BY key", "AUTH-1 MOB-1"},
        {"project != PAY ORDER BY key", "AUTH-1 MOB-1"},
        {"project not in (PAY, 10001)", "MOB-1"},
        {"labels = b", "PAY-1"},
        {"labels in (\"b\", \"nobody-has-this\")", "PAY-1"},
        {"labels = a AND project = AUTH", "AUTH-1"},
        {"labels != b ORDER BY key", "AUTH-1"},
        {"labels is EMPTY ORDER BY key", "PAY-2 MOB-1"},
        {"labels is not EMPTY ORDER BY key", "PAY-1 AUTH-1"},
        {"key = PAY-1", "PAY-1"},
        {"issuekey in (pay-1, MOB-1) ORDER BY key", "PAY-1 MOB-1"},
        {"id = 10000", "PAY-1"},
        {"key > PAY-1", "PAY-2"},
        {"status = Done", "PAY-2"},
        {"statusCategory != Done ORDER BY key", "PAY-1 AUTH-1 MOB-1"},
        {"statusCategory in (\"To Do\", indeterminate) and project = PAY", "PAY-1"},
        {"resolution is EMPTY AND project = PAY", "PAY-1"},
        {"priority = High", "PAY-1"},
        {"issuetype = Task", "PAY-2"},
        {"assignee is not EMPTY", "AUTH-1"},
        {"creator = currentUser() AND project = MOB", "MOB-1"},
        {"summary ~ \"sql LOGIN\"", "PAY-1"},
        {"due <= \"2026-12-31\"", "MOB-1"},
        {"created >= -1d AND project = MOB", "MOB-1"},
        {"created >= 1767225600000 AND project = MOB", "MOB-1"},
        {"created < \"2020/01/01 10:00\"", ""},
        {"updated >= startOfDay(-1d) AND project = MOB", "MOB-1"},
        {"NOT project = PAY ORDER BY key", "AUTH-1 MOB-1"},
        {"(project = PAY OR project = AUTH) AND labels = a ORDER BY project, key", "AUTH-1 PAY-1"},
        {"project = PAY OR project = AUTH AND labels = nothing ORDER BY key", "PAY-1 PAY-2"},
        {"project = PAY ORDER BY key DESC", "PAY-2 PAY-1"},
        {"project = PAY ORDER BY priority DESC, key", "PAY-1 PAY-2"},
    };
    for (const auto& [query, expected] : cases) {
        INFO(query);
        CHECK(bench.keys(query) == expected);
    }
}

TEST_CASE("quoted JQL values are taken literally, escapes included", "[jql]") {
    Bench bench;
    CHECK(bench.keys("labels = \"a\\\"OR\\\"b\"").empty());
    CHECK(bench.keys("summary ~ \"\\\\\" OR labels = b") == "PAY-1");
    CHECK(bench.keys("labels = 'b'") == "PAY-1");
    CHECK(bench.refusal("labels = \"a\\x\"").find("illegal JQL escape sequence") != std::string::npos);
    CHECK(bench.refusal("labels = \"a").find("has not been completed") != std::string::npos);
}

TEST_CASE("refused JQL says what Jira says", "[jql]") {
    Bench bench;
    const std::pair<const char*, const char*> cases[] = {
        {"project = NONE", "The value 'NONE' does not exist for the field 'project'."},
        {"nonsense = 1", "Field 'nonsense' does not exist or you do not have permission to view it."},
        {"key = PAY-99", "An issue with key 'PAY-99' does not exist for field 'key'."},
        {"status = Nowhere", "The value 'Nowhere' does not exist for the field 'status'."},
        {"labels = \"x y\"", "The label 'x y' can't contain spaces."},
        {"project ~ PAY", "The operator '~' is not supported by the 'project' field."},
        {"labels = a@b",
         "Error in the JQL Query: The character '@' is a reserved JQL character. You must enclose it "
         "in a string or use the escape '\\u0040' instead. (line 1, character 11)"},
        {"project PAY",
         "Error in the JQL Query: Expecting operator but got 'PAY'. The valid operators are '=', '!=', "
         "'<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'. (line 1, character 9)"},
        {"(project = PAY",
         "Error in the JQL Query: Expecting ')' but got 'end of query'. (line 1, character 15)"},
        {"project = PAY labels = a",
         "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'labels'. (line 1, character 15)"},
        {"created > someday",
         "Date value 'someday' for field 'created' is invalid. Valid formats include: 'yyyy/MM/dd "
         "HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', "
         "'4w 2d'."},
        {"project = PAY ORDER BY nonsense",
         "Field 'nonsense' does not exist or you do not have permission to view it."},
        {"project = PAY ORDER BY key, id, created, updated, priority, status, due, summary",
         "The ORDER BY clause can have at most 7 fields."},
    };
    for (const auto& [query, expected] : cases) {
        INFO(query);
        CHECK(bench.refusal(query) == expected);
    }
}

TEST_CASE("JQL survives what nobody would type", "[jql]") {
    Bench bench;
    for (const std::string& text :
         {std::string(10000, '('), std::string("\0", 1), std::string("\""), std::string("project ="),
          std::string("=="), std::string("project in ("), std::string("created > \"-\""),
          std::string("key > "), std::string("\\"), std::string("labels = \"\\"),
          std::string("created = 99999999999999999999")}) {
        INFO(text.substr(0, 40));
        CHECK(bench.refusal(text) != "accepted");
    }
}
