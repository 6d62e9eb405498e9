#include <catch2/catch.hpp>

#include <sstream>

#include "cli/table.hpp"

using namespace aspm::host::cli;

namespace {

std::string printed(const Table& table, std::size_t width = 0, bool colours = false) {
    std::ostringstream out;
    table.print(Screen{out, width, colours});
    return out.str();
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

} // namespace

TEST_CASE("columns are as wide as their widest cell, without blanks at the ends of lines", "[table]") {
    Table table({{"ID"}, {"COUNT", false, true}, {"NAME"}});
    table.add({"a", "5", "first"});
    table.add({"long", "12345678", ""});
    CHECK(printed(table) == "ID       COUNT  NAME\n"
                            "a            5  first\n"
                            "long  12345678\n");
}

TEST_CASE("on a terminal the widest shrinkable column gives way until lines fit", "[table]") {
    Table table({{"ID"}, {"TITLE", true}, {"TICKET"}});
    table.add({"F-1", std::string(100, 'x'), "PAY-1"});
    for (const std::string& line : linesOf(printed(table, 40)))
        CHECK(displayWidth(line) <= 40);
    CHECK_THAT(printed(table, 40), Catch::Contains("x…  PAY-1"));
    CHECK_THAT(printed(table, 0), Catch::Contains(std::string(100, 'x'))); // no terminal: nothing is lost
    CHECK_THAT(printed(table, 10), Catch::Contains("PAY-1"));              // keys are never cut
}

TEST_CASE("widths are those of what is seen", "[table]") {
    CHECK(displayWidth("abc") == 3);
    CHECK(displayWidth("äöü") == 3);
    CHECK(displayWidth("漢字") == 4);
    CHECK(displayWidth("e\u0301") == 1); // e with a combining accent
    CHECK(displayWidth("🔥") == 2);
    Table table({{"A"}, {"B"}});
    table.add({"äöü", "x"});
    table.add({"漢", "x"});
    CHECK(printed(table) == "A    B\näöü  x\n漢   x\n");
}

TEST_CASE("a text is cut between characters, with an ellipsis", "[table]") {
    CHECK(cut("abcdef", 6) == "abcdef");
    CHECK(cut("abcdef", 4) == "abc…");
    CHECK(cut("äöüß", 3) == "äö…");
    CHECK(cut("漢字漢字", 4) == "漢…"); // half of a wide character is none
    CHECK(cut("abc", 1) == "…");
    CHECK(cut("abc", 0).empty());
}

TEST_CASE("nothing in a cell can steer the terminal or break a line", "[table]") {
    CHECK(oneLine("a\nb\tc") == "a b c");
    CHECK(oneLine("\x1b[31mred\x07") == " [31mred ");
    CHECK(oneLine("a\u202Eb\u009Bc") == "a b c"); // turned text, and the one-byte escape
    CHECK(oneLine("bad \xff\xc3 utf-8") == "bad ?? utf-8");
    CHECK(oneLine("cut \xe2\x82") == "cut ??");
    CHECK(oneLine("fine: ä 漢 🔥") == "fine: ä 漢 🔥");
}

TEST_CASE("colours are there only where the screen has them, and take no room", "[table]") {
    Table table({{"S"}, {"X"}});
    table.add({Table::Cell("high", Style::bad), "1"});
    CHECK_THAT(printed(table, 0, true), Catch::Contains("\x1b[31mhigh\x1b[0m  1"));
    CHECK_THAT(printed(table), !Catch::Contains("\x1b"));
}

TEST_CASE("long texts are broken between words and indented", "[table]") {
    std::ostringstream out;
    printWrapped(Screen{out, 24, false}, "one two three four five six\nseven", 4, Style::plain);
    CHECK(out.str() == "    one two three four\n    five six\n    seven\n");
}
