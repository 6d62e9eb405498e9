#include <catch2/catch.hpp>

#include "cli/arguments.hpp"

using namespace aspm::host::cli;

namespace {

const Syntax syntax{
    "push", {{"data", "DIR", false, true}, {"finding", "ID", true}, {"port", "N"}, {"all", ""}}, {}};
const Syntax withFiles{"import", {{"data", "DIR"}}, {"FILE", true}};
const Syntax withOneFile{"inspect", {}, {"DIR"}};

std::string mistake(const Syntax& of, const std::vector<std::string>& words) {
    try {
        Arguments::parse(of, words);
    } catch (const UsageError& e) {
        return e.what();
    }
    return "";
}

} // namespace

TEST_CASE("options take their value from the next word or after '='", "[arguments]") {
    Arguments arguments =
        Arguments::parse(syntax, {"--data", "/tmp/x", "--finding=F-1", "--finding", "F-2", "--all"});
    CHECK(arguments.one("data") == "/tmp/x");
    CHECK(arguments.all("finding") == std::vector<std::string>{"F-1", "F-2"});
    CHECK(arguments.has("all"));
    CHECK_FALSE(arguments.has("port"));
    CHECK(arguments.one("port", "0") == "0");
    CHECK(Arguments::parse(syntax, {"--data=a=b"}).one("data") == "a=b");
}

TEST_CASE("words that are not options are operands, and all after -- are", "[arguments]") {
    Arguments arguments = Arguments::parse(withFiles, {"a", "--data", "d", "-", "--", "--b"});
    CHECK(arguments.operands() == std::vector<std::string>{"a", "-", "--b"});
}

TEST_CASE("every mistake in the words is named", "[arguments]") {
    CHECK_THAT(mistake(syntax, {}), Catch::Contains("push needs --data DIR"));
    CHECK_THAT(mistake(syntax, {"--data"}), Catch::Contains("--data needs a value"));
    CHECK_THAT(mistake(syntax, {"--data", "--all"}), Catch::Contains("--data needs a value"));
    CHECK_THAT(mistake(syntax, {"--data="}), Catch::Contains("--data needs a value"));
    CHECK_THAT(mistake(syntax, {"--data", "a", "--data", "b"}), Catch::Contains("--data is given twice"));
    CHECK_THAT(mistake(syntax, {"--data", "a", "--all=yes"}), Catch::Contains("--all takes no value"));
    CHECK_THAT(mistake(syntax, {"--data", "a", "--dta", "b"}), Catch::Contains("no option --dta"));
    CHECK_THAT(mistake(syntax, {"--data", "a", "-x"}), Catch::Contains("no option -x"));
    CHECK_THAT(mistake(syntax, {"--data", "a", "stray"}), Catch::Contains("\"stray\""));
    CHECK_THAT(mistake(withFiles, {}), Catch::Contains("import needs FILE"));
    CHECK_THAT(mistake(withOneFile, {"a", "b"}), Catch::Contains("\"b\""));
}

TEST_CASE("nothing is required next to --help", "[arguments]") {
    CHECK(Arguments::parse(syntax, {"--help"}).wantsHelp());
    CHECK(Arguments::parse(syntax, {"--all", "-h"}).wantsHelp());
    CHECK_FALSE(Arguments::parse(syntax, {"--data", "d"}).wantsHelp());
}

TEST_CASE("numbers are whole and within their range", "[arguments]") {
    auto port = [](const std::string& text) {
        return Arguments::parse(syntax, {"--data", "d", "--port", text}).number("port", 0, 0, 65535);
    };
    CHECK(port("8080") == 8080);
    CHECK(Arguments::parse(syntax, {"--data", "d"}).number("port", 7, 0, 65535) == 7);
    for (const char* text : {"65536", "-1", "80x", "8.5", "eighty", "99999999999999999999"})
        CHECK_THROWS_WITH(port(text), Catch::Contains(text) && Catch::Contains("0 to 65535"));
}
