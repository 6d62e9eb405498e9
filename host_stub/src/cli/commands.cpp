#include "commands.hpp"

namespace aspm::host::cli {

namespace {

/// The options of a command that talks to a host, and of the host that it starts when none runs.
std::vector<Option> withHost(std::vector<Option> own) {
    std::vector<Option> options{{"data", "DIR", false, true}, {"org", "ID"}};
    options.insert(options.end(), own.begin(), own.end());
    for (const Option& option :
         {Option{"json", ""}, Option{"plugin", "DIR", true}, Option{"config", "FILE"}, Option{"log", "FILE"}})
        options.push_back(option);
    return options;
}

} // namespace

const std::vector<Command>& commands() {
    static const std::vector<Command> all{
        {{"serve",
          {{"plugin", "DIR", true},
           {"data", "DIR", false, true},
           {"port", "N"},
           {"config", "FILE"},
           {"log", "FILE"}},
          {}},
         serve},
        {{"import", withHost({{"project", "KEY", false, true}}), {"FILE", true}}, importReports},
        {{"push",
          withHost({{"project", "KEY", false, true},
                    {"finding", "ID", true},
                    {"all", ""},
                    {"retry", ""},
                    {"user", "ID"},
                    {"wait", ""},
                    {"timeout", "SECONDS"}}),
          {}},
         push},
        {{"findings", withHost({{"project", "KEY"}, {"status", "S"}, {"severity", "S"}, {"state", "S"}}), {}},
         listFindings},
        {{"timeline", withHost({{"finding", "ID", false, true}}), {}}, showTimeline},
        {{"alerts", withHost({{"all", ""}}), {}}, listAlerts},
        {{"audit", withHost({{"limit", "N"}}), {}}, listAudit},
        {{"inspect", {{"json", ""}}, {"DIR"}}, inspect},
    };
    return all;
}

const Command* findCommand(const std::string& name) {
    for (const Command& command : commands())
        if (command.syntax.command == name)
            return &command;
    return nullptr;
}

} // namespace aspm::host::cli
