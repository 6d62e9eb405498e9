#include <catch2/catch.hpp>

#include "settings_world.hpp"

using namespace settings_test;

namespace {

struct TransferWorld : World {
    /// Sends a file; the answer to a dry run unless something else is said.
    settings::Response import(const std::string& file, const std::string& query = "",
                              const std::string& type = "text/csv; charset=utf-8") {
        headers = {{"content-type", type}};
        auto response = send("POST", "/api/mappings/import" + query, file);
        headers.clear();
        return response;
    }
    Json imported(const std::string& file, const std::string& query = "",
                  const std::string& type = "text/csv") {
        const auto response = import(file, query, type);
        INFO(response.body);
        REQUIRE(response.status == 200);
        return Json::parse(response.body);
    }
    std::string refused(const std::string& file) {
        const auto response = import(file);
        CHECK(response.status == 400);
        return Json::parse(response.body)["error"]["message"].text();
    }
    static std::string summary(const Json& answer) {
        std::string text;
        for (const auto& result : answer["results"].items())
            text += (text.empty() ? "" : ", ") + result["line"].text() + " " + result["outcome"].text();
        return text;
    }
};

const std::string head = "project,jira_project,issue_type,assignee_account_id,assignee_name,extra_fields\r\n";

} // namespace

TEST_CASE_METHOD(TransferWorld, "a file is looked at first and saved when that is asked for", "[settings]") {
    const std::string file = head + "payments-api,PAY,Bug,acc-ann,Ann,\r\nauth-service,AUTH,Story,,,\r\n";
    CHECK(summary(imported(file)) == "2 valid, 3 invalid");
    CHECK(summary(imported(file, "?dryRun=true")) == "2 valid, 3 invalid");
    CHECK_FALSE(mappings.project(acme, "p1"));
    CHECK(summary(imported(file, "?dryRun=false")) == "2 saved, 3 invalid");
    CHECK(mappings.project(acme, "p1")->assigneeName == "Ann Example");
    CHECK(import(file, "?dryRun=maybe").status == 400);
}

TEST_CASE_METHOD(TransferWorld, "what is exported can be imported again, in both formats", "[settings]") {
    auto field = samples::field("customfield_1", "string");
    samples::add(atlassian->screen, field);
    ask("PUT", "/api/mappings/p1",
        R"({"jiraProject":"PAY","issueType":"Bug","assignee":{"accountId":"acc-ann"},)"
        R"("extraFields":{"customfield_1":"a \"quoted\", text\nin two lines"}})");

    const auto csv = send("GET", "/api/mappings?format=csv");
    CHECK(csv.header("Content-Type") == "text/csv; charset=utf-8");
    CHECK(csv.header("Content-Disposition") == "attachment; filename=\"mayo-aspm-jira-mappings.csv\"");
    CHECK_THAT(csv.body, Catch::Contains("payments-api,PAY,Bug,acc-ann,Ann Example,") &&
                             Catch::Contains("\r\nauth-service,,,,,\r\n"));
    CHECK(summary(imported(csv.body, "?dryRun=false")) == "2 unchanged, 3 unchanged");

    const auto json = send("GET", "/api/mappings");
    CHECK(json.header("Content-Disposition") == "attachment; filename=\"mayo-aspm-jira-mappings.json\"");
    CHECK(imported(json.body, "", "application/json")["results"][0]["outcome"].text() == "unchanged");
    ask("POST", "/api/mappings/batch", R"({"mappings":[{"project":"p1","mapping":null}]})");
    imported(csv.body, "?dryRun=false");
    CHECK(send("GET", "/api/mappings?format=csv").body == csv.body);
    CHECK(refusal("GET", "/api/mappings?format=xml") == "400 invalid_request format");
}

TEST_CASE_METHOD(TransferWorld, "no cell of an export is run by a spreadsheet", "[settings]") {
    atlassian->usersById["acc-eve"] = {"acc-eve", "=HYPERLINK(\"http://evil\")", "", true};
    ask("PUT", "/api/mappings/p1",
        R"({"jiraProject":"PAY","issueType":"Bug","assignee":{"accountId":"acc-eve"}})");
    const auto csv = send("GET", "/api/mappings?format=csv").body;
    CHECK_THAT(csv, Catch::Contains("\"'=HYPERLINK(") && !Catch::Contains(",\"=HYPERLINK"));
    CHECK(summary(imported(csv)) == "2 unchanged, 3 unchanged");
}

TEST_CASE_METHOD(TransferWorld, "a row without Jira project leaves the mapping as it is and says so",
                 "[settings]") {
    mapPayments();
    const auto answer = imported("issue_type;project;jira_project\r\n;payments-api;\r\n", "?dryRun=false");
    CHECK(summary(answer) == "2 unchanged");
    CHECK(answer["results"][0]["warnings"].size() == 1);
    CHECK(mappings.project(acme, "p1"));
}

TEST_CASE_METHOD(TransferWorld,
                 "what is wrong with a row is told with its line, and the others are looked at",
                 "[settings]") {
    const auto answer = imported(head + "payments-api,PAY,,,,\n"
                                        "auth-service,AUTH,Task,,,not json\n"
                                        "\n"
                                        "nowhere,PAY,Bug,,,\n");
    CHECK(summary(answer) == "2 invalid, 3 invalid, 5 unknown_project");
    CHECK(answer["results"][0]["problems"][0]["field"].text() == "issueType");
    CHECK(answer["results"][1]["problems"][0]["field"].text() == "extraFields");

    const auto name = imported(head + "payments-api,PAY,Bug,,Ann,\n");
    CHECK(name["results"][0]["problems"][0]["field"].text() == "assignee");
    CHECK(summary(imported(head + "payments-api,PAY,Bug,,,,stray\n")) == "2 invalid");
    CHECK(summary(imported(head + "payments-api,PAY,Bug\n")) == "2 valid");
}

TEST_CASE_METHOD(TransferWorld, "a file that is no such table is refused as a whole", "[settings]") {
    CHECK_THAT(refused(""), Catch::Contains("empty"));
    CHECK_THAT(refused("project,jira_project\np1,PAY\n"),
               Catch::Contains("Line 1: The column issue_type is missing"));
    CHECK_THAT(refused("project,jira_project,issue_type,colour\n"), Catch::Contains("no column 'colour'"));
    CHECK_THAT(refused("project,jira_project,issue_type,Project\n"), Catch::Contains("there twice"));
    CHECK_THAT(refused(head + "\"p1,PAY,Bug\n"), Catch::Contains("Line 2: "));
    CHECK(import(head, "", "text/html").status == 415);
    CHECK(import(std::string(1'048'577, 'x')).status == 413);
}
