#include <catch2/catch.hpp>

#include "settings/csv.hpp"

using namespace jira_plugin::settings;

namespace {

using Cells = std::vector<std::string>;

std::vector<Cells> cellsOf(const std::string& text) {
    std::vector<Cells> all;
    for (const auto& row : readCsv(text))
        all.push_back(row.cells);
    return all;
}

std::string problemOf(const std::string& text) {
    try {
        readCsv(text);
    } catch (const CsvProblem& e) {
        return e.what();
    }
    return "none";
}

} // namespace

TEST_CASE("a table is read with quotes, line breaks in cells and any line ends", "[settings]") {
    CHECK(cellsOf("a,b\r\n1,2\r\n") == std::vector<Cells>{{"a", "b"}, {"1", "2"}});
    CHECK(cellsOf("a,b\n1,2") == std::vector<Cells>{{"a", "b"}, {"1", "2"}});
    CHECK(cellsOf("a\r1\r") == std::vector<Cells>{{"a"}, {"1"}});
    CHECK(cellsOf("a,b\n\"x,\"\"y\"\"\",\"1\r\n2\"\n") ==
          std::vector<Cells>{{"a", "b"}, {"x,\"y\"", "1\n2"}});
    CHECK(cellsOf("a,b,c\n,\"\",\nx,,") == std::vector<Cells>{{"a", "b", "c"}, {"x", "", ""}});
    CHECK(cellsOf("a\n5\" disk\n") == std::vector<Cells>{{"a"}, {"5\" disk"}});
    CHECK(cellsOf("").empty());
}

TEST_CASE("the byte order mark and the separators of spreadsheets are understood", "[settings]") {
    const std::vector<Cells> expected{{"a", "b"}, {"1,5", "x"}};
    CHECK(cellsOf("\xEF\xBB\xBF"
                  "a;b\r\n1,5;x\r\n") == expected);
    CHECK(cellsOf("a\tb\n1,5\tx\n") == expected);
    CHECK(cellsOf("sep=;\r\na;b\r\n1,5;x\r\n") == expected);
    CHECK(cellsOf("\xEF\xBB\xBFsep=|\na|b\n1,5|x\n") == expected);
}

TEST_CASE("rows know the line where they begin", "[settings]") {
    const auto rows = readCsv("a,b\n\n\"1\n2\",x\n , \nlast,y\n");
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].line == 1);
    CHECK(rows[1].line == 3);
    CHECK(rows[2].line == 6);
}

TEST_CASE("what is no table is refused with the line", "[settings]") {
    CHECK_THAT(problemOf("a\nb\n\"c\nd\n"), Catch::StartsWith("Line 3: ") && Catch::Contains("never closed"));
    CHECK_THAT(problemOf("a\n\"b\"c\n"),
               Catch::StartsWith("Line 2: ") && Catch::Contains("behind the quotation"));
    CHECK_THAT(problemOf("a\nM\xFCller\n"), Catch::StartsWith("Line 2: ") && Catch::Contains("CSV UTF-8"));
    CHECK_THAT(problemOf(std::string("a\0b", 3)), Catch::Contains("CSV UTF-8"));
    CHECK(problemOf("a\n\xEF\xBF\xBD\n") == "none"); // U+FFFD itself is a character
}

TEST_CASE("what is written is read again, and no spreadsheet runs it", "[settings]") {
    const Cells cells{"plain", "a,b;c", "say \"x\"", "1\n2", "", "M\xC3\xBCller"};
    CHECK(cellsOf(csvLine(cells)) == std::vector<Cells>{cells});
    for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''=1"}) {
        CAPTURE(formula);
        CHECK(guardedCell(formula) == std::string("'") + formula);
        CHECK(unguardedCell(guardedCell(formula)) == formula);
    }
    for (const char* harmless : {"", "x", "a=b", "'quoted'", "'", "10"}) {
        CHECK(guardedCell(harmless) == harmless);
        CHECK(unguardedCell(harmless) == harmless);
    }
}
