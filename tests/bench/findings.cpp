#include "findings.hpp"

#include <array>

namespace bench {

using namespace test_support;

namespace {

constexpr int portion = 500;

const char* const description =
    "The value of `request.query.id` reaches a SQL statement without being bound as a parameter. Whoever can "
    "send this request can read and change every row that the service's account may see.";
const char* const help =
    "## Why it matters\n\nText that is pasted into a statement is read by the database as part of the "
    "statement. An attacker closes the string and goes on with a statement of their own.\n\n"
    "## How to mend it\n\n- Bind values as parameters: `db.query('... WHERE id = $1', [id])`.\n"
    "- Where a name has to be chosen at run time, choose it from a list.\n"
    "- See the [OWASP cheat sheet](https://cheatsheetseries.owasp.org/).";
const char* const snippet =
    "const rows = await db.query(\n    \"SELECT * FROM orders WHERE id = '\" + id + \"'\");";

std::string finding(int number) {
    constexpr std::array<const char*, 4> severities{"low", "medium", "high", "critical"};
    const auto text = std::to_string(number);
    return R"({"title":)" + quoted("SQL injection through the order id, place " + text) + R"(,"severity":")" +
           severities[static_cast<std::size_t>(number) % severities.size()] + R"(","description":)" +
           quoted(description) + R"(,"ruleId":"js/sql-injection","ruleName":"Query built from user input",)" +
           R"("ruleHelp":)" + quoted(help) + R"(,"scanner":"bench","cwe":"CWE-89","filePath":"src/orders/)" +
           std::to_string(number % 40) + R"(.js","line":)" + text + R"(,"snippet":)" + quoted(snippet) + "}";
}

} // namespace

void addFindings(const StubHost& host, const std::string& project, int count) {
    for (int first = 1; first <= count; first += portion) {
        std::string list;
        for (int number = first; number < first + portion && number <= count; ++number) {
            list += (list.empty() ? "" : ",") + finding(number);
        }
        host.control("POST", "/organisations/acme/findings",
                     R"({"project":)" + quoted(project) + R"(,"findings":[)" + list + "]}");
    }
}

} // namespace bench
