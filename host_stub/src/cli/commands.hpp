#pragma once

#include <string>
#include <vector>

#include "arguments.hpp"

namespace aspm::host::cli {

/// Exit statuses, as host_stub/README.md lists them.
enum ExitStatus { exitDone = 0, exitFailed = 1, exitUsage = 2, exitAttention = 3 };

/// A word after host_stub.
struct Command {
    Syntax syntax;
    int (*run)(const Arguments&); ///< answers the exit status; throws Problem and UsageError
};

const std::vector<Command>& commands();

/// Null when there is none of that name.
const Command* findCommand(const std::string& name);

int serve(const Arguments& arguments);
int importReports(const Arguments& arguments);
int push(const Arguments& arguments);
int listFindings(const Arguments& arguments);
int showTimeline(const Arguments& arguments);
int listAlerts(const Arguments& arguments);
int listAudit(const Arguments& arguments);
int inspect(const Arguments& arguments);

} // namespace aspm::host::cli
