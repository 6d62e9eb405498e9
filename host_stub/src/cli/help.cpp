#include "help.hpp"

#include <map>

namespace aspm::host::cli {

namespace {

const char* const hostOptions = R"(
The host:
  --data DIR       the data directory; when `host_stub serve` runs on it, that host does the work
  --org ID         the organisation (default: acme)
  --json           print JSON instead of text
When no host serves DIR, one is started for the time of the call:
  --plugin DIR     with this plugin instead of those of the last serve; may be repeated
  --config FILE    with this configuration instead of that of the last serve
  --log FILE       its log (default: DIR/command.log)
)";

const std::map<std::string, std::string>& texts() {
    static const std::map<std::string, std::string> all{
        {"serve", R"(host_stub serve [--plugin DIR]... --data DIR [--port N] [--config FILE] [--log FILE]

Loads the plugins and serves the web shell, the plugins' pages and webhook routes and the
control API on 127.0.0.1. Prints "Ready: http://127.0.0.1:PORT" on a line of its own when
everything runs. Ends on SIGINT (Ctrl-C) or SIGTERM; a second one ends it at once.

  --plugin DIR     a plugin's bundle: a directory with manifest.json and the library. May be
                   repeated. Without it: the plugins of the last serve on this data directory
  --data DIR       where the host keeps its state; made when it is missing. One host at a time
  --port N         the port; 0 (the default) takes a free one
  --config FILE    configuration keys, as JSON or as lines `key = value`; the environment goes
                   over it: jira.cloud.client_id is ASPM_JIRA_CLOUD_CLIENT_ID there.
                   `host_stub inspect DIR` lists the keys that a plugin reads
  --log FILE       append the log to FILE instead of writing it to stderr

A new data directory has the organisation acme with alice (admin), paul (project admin of
payments-api) and mia (member). Open the address, choose who you are, look around.

Examples:
  host_stub serve --plugin build/plugins/jira --data /tmp/aspm --port 8080
  ASPM_HOST_LOG_LEVEL=debug host_stub serve --data /tmp/aspm
)"},
        {"import", R"(host_stub import --data DIR --project KEY FILE...

Imports SARIF 2.1.0 reports into a project and makes the project when there is none of that
key. All files of one call count as one scan: what was known and is in none of them becomes
"no longer found", what is back is reopened. A file that cannot be read changes nothing.

  --project KEY    the project
)" + std::string(hostOptions) +
                       R"(
Examples:
  host_stub import --data /tmp/aspm --project payments-api report.sarif
  host_stub import --data /tmp/aspm --project auth-service scans/*.sarif
)"},
        {"push", R"(host_stub push --data DIR --project KEY (--finding ID... | --all) [--wait] [--retry]

Creates tickets for findings. A finding that has a ticket keeps it: pushing twice is safe.

  --project KEY    the project
  --finding ID     this finding; may be repeated
  --all            every finding of the project that has no ticket yet
  --retry          take up parked findings at once, too
  --wait           return when nothing is queued, waiting or in doubt any more, and show the tickets
  --timeout SECONDS  wait no longer than this (default: 600)
  --user ID        on whose behalf (default: alice)
)" + std::string(hostOptions) +
                     R"(
States: queued (on its way), waiting (Jira cannot be reached; goes on by itself), in doubt
(the answer was lost; is looked up), created, parked (somebody must change something, then it
goes on), refused (not taken).
Exit status 3: some findings are parked or refused. The reasons and what to do are printed.

Examples:
  host_stub push --data /tmp/aspm --project payments-api --all --wait
  host_stub push --data /tmp/aspm --project payments-api --finding 42 --finding 43
)"},
        {"findings", R"(host_stub findings --data DIR [--project KEY] [--status S] [--severity S] [--state S]

Lists findings with their tickets.

  --project KEY    of one project
  --status S       open, resolved, accepted, "false positive", "no longer found", "awaiting scan"
  --severity S     info, low, medium, high, critical
  --state S        of the push: none, queued, waiting, "in doubt", parked, created, refused
)" + std::string(hostOptions) +
                         R"(
Examples:
  host_stub findings --data /tmp/aspm --project payments-api --severity critical
  host_stub findings --data /tmp/aspm --state parked --json
)"},
        {"timeline", R"(host_stub timeline --data DIR --finding ID

What happened to one finding, oldest first: imports, tickets, changes from both sides, and what
went wrong with the way on.

  --finding ID     the finding; `host_stub findings` lists the ids
)" + std::string(hostOptions) +
                         R"(
Examples:
  host_stub timeline --data /tmp/aspm --finding 42
)"},
        {"alerts", R"(host_stub alerts --data DIR [--all]

What the administrators must know, with what to do about it.

  --all            also what is over
)" + std::string(hostOptions) +
                       R"(
Examples:
  host_stub alerts --data /tmp/aspm
  host_stub alerts --data /tmp/aspm --all --json
)"},
        {"audit", R"(host_stub audit --data DIR [--limit N]

Who did what, newest first.

  --limit N        the newest N entries (default: 100, most: 1000)
)" + std::string(hostOptions) +
                      R"(
Examples:
  host_stub audit --data /tmp/aspm --limit 20
)"},
        {"inspect", R"(host_stub inspect DIR [--json]

Everything the host can tell about a plugin's bundle: the manifest, whether the library is the
one that the manifest vouches for, what it exports and needs, its table, what it registers when
it is started, how long loading takes. Needs no data directory: the plugin is started with
services in memory and a temporary directory, and stopped again.
Exit status 1 when something is wrong; what and what to do is printed.

Examples:
  host_stub inspect build/plugins/jira
  host_stub inspect build/plugins/jira --json
)"},
    };
    return all;
}

} // namespace

const std::string& generalHelp() {
    static const std::string text = R"(host_stub COMMAND [options]

A small security platform around plugins of the ASPM contract: it loads them, keeps findings,
and shows what the plugins do with them. Everything stays on this machine.

  serve      load plugins and serve the web pages and the control API
  import     bring SARIF reports into a project
  push       create tickets for findings
  findings   list findings with their tickets
  timeline   what happened to one finding
  alerts     what the administrators must know
  audit      who did what
  inspect    look into a plugin's bundle

Begin like this:
  host_stub serve --plugin build/plugins/jira --data /tmp/aspm --port 8080
and in another terminal:
  host_stub import --data /tmp/aspm --project payments-api report.sarif
  host_stub push --data /tmp/aspm --project payments-api --all --wait

`host_stub COMMAND --help` explains one command. `host_stub --version` tells the version.
Exit status: 0 done, 1 failed (why, and what to do, on stderr), 2 wrong usage,
3 push left findings parked or refused.
)";
    return text;
}

const std::string& helpOf(const std::string& command) {
    return texts().at(command);
}

} // namespace aspm::host::cli
