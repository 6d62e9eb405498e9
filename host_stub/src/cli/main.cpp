#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include <Poco/Exception.h>

#include <aspm_host/problem.hpp>

#include "../runtime/stub_host.hpp"
#include "commands.hpp"
#include "help.hpp"

namespace aspm::host::cli {

namespace {

int refuse(const std::string& sentence, const std::string& command) {
    std::cerr << "host_stub: " << sentence << "\nTry: host_stub " << (command.empty() ? "" : command + " ")
              << "--help\n";
    return exitUsage;
}

int fail(const std::string& message, const std::string& remedy = {}) {
    std::cerr << "host_stub: " << message << "\n";
    if (!remedy.empty())
        std::cerr << remedy << "\n";
    return exitFailed;
}

int runCommand(const Command& command, const std::vector<std::string>& words) {
    try {
        Arguments arguments = Arguments::parse(command.syntax, words);
        if (arguments.wantsHelp()) {
            std::cout << helpOf(command.syntax.command);
            return exitDone;
        }
        return command.run(arguments);
    } catch (const UsageError& e) {
        return refuse(e.what(), command.syntax.command);
    } catch (const Problem& e) {
        return fail(e.message(), e.remedy());
    } catch (const Poco::Exception& e) {
        return fail(e.displayText());
    } catch (const std::exception& e) {
        return fail(e.what());
    }
}

/// `host_stub help push` and `host_stub push --help` are the same.
int showHelp(const std::vector<std::string>& words) {
    if (words.empty()) {
        std::cout << generalHelp();
        return exitDone;
    }
    if (!findCommand(words[0]))
        return refuse("There is no command \"" + words[0] + "\".", "");
    std::cout << helpOf(words[0]);
    return exitDone;
}

int run(std::vector<std::string> words) {
    if (words.empty())
        return refuse("Name a command.", "");
    std::string first = words[0];
    words.erase(words.begin());
    if (first == "--help" || first == "-h" || first == "help")
        return showHelp(words);
    if (first == "--version") {
        std::cout << "host_stub " << hostVersion << "\n";
        return exitDone;
    }
    const Command* command = findCommand(first);
    return command ? runCommand(*command, words) : refuse("There is no command \"" + first + "\".", "");
}

} // namespace

} // namespace aspm::host::cli

int main(int argc, char** argv) {
    // Whoever hangs up on us is noticed by the write that fails.
    std::signal(SIGPIPE, SIG_IGN);
    int status = aspm::host::cli::run({argv + 1, argv + argc});
    std::cout.flush();
    return status;
}
