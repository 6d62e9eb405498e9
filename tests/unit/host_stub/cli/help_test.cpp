#include <catch2/catch.hpp>

#include "cli/commands.hpp"
#include "cli/help.hpp"

using namespace aspm::host::cli;

TEST_CASE("help tells of every command and of each of its options, with an example", "[help]") {
    for (const Command& command : commands()) {
        const std::string& name = command.syntax.command;
        INFO(name);
        CHECK_THAT(generalHelp(), Catch::Contains("  " + name + " "));
        const std::string& help = helpOf(name);
        CHECK_THAT(help, Catch::StartsWith("host_stub " + name + " "));
        CHECK_THAT(help, Catch::Contains("Examples:\n  "));
        for (const Option& option : command.syntax.options)
            CHECK_THAT(
                help, Catch::Contains("--" + option.name + (option.value.empty() ? "" : " " + option.value)));
        if (!command.syntax.operands.name.empty())
            CHECK_THAT(help, Catch::Contains(command.syntax.operands.name));
    }
}
