#include <csignal>
#include <cstdio>
#include <iostream>

#include "options.hpp"
#include "server.hpp"

namespace {

int serve(const jira_sim::Config& config) {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    // Blocked before the first thread starts, so that all threads inherit it and sigwait alone receives them.
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    jira_sim::Server server(config);
    server.start();
    std::cout << "jira_sim listening on " << server.baseUrl() << std::endl;
    int received = 0;
    sigwait(&ends, &received);
    server.stop();
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        const jira_sim::CommandLine line = jira_sim::readCommandLine(argc, argv);
        if (line.help) {
            std::cout << jira_sim::helpText();
            return 0;
        }
        return serve(line.config);
    } catch (const std::invalid_argument& e) {
        std::cerr << "jira_sim: " << e.what() << "\n";
        return 2;
    } catch (const std::exception& e) {
        std::cerr << "jira_sim: " << e.what() << "\n";
        return 1;
    }
}
