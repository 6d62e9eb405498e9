#include "errors.hpp"
#include "store_move.hpp"

#include <cstdlib>
#include <iostream>

/// jira_store_move: takes the plugin's store from its SQLite file to PostgreSQL.
namespace {

constexpr const char* usage = "Usage: jira_store_move --from FILE [--to URL]\n"
                              "\n"
                              "Moves the Jira plugin's store from its file jira.sqlite into an empty "
                              "PostgreSQL database. Stop the host\n"
                              "first. Without --to the URL is taken from the environment variable "
                              "ASPM_DATABASE_URL, so that its password\n"
                              "is in no list of processes.\n";

struct Arguments {
    std::string from;
    std::string to;
};

bool read(int count, char** values, Arguments& arguments) {
    if (const char* url = std::getenv("ASPM_DATABASE_URL"))
        arguments.to = url;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string name = values[i];
        if (name != "--from" && name != "--to")
            return false;
        (name == "--from" ? arguments.from : arguments.to) = values[i + 1];
    }
    return count % 2 == 1 && !arguments.from.empty() && !arguments.to.empty();
}

} // namespace

int main(int count, char** values) {
    Arguments arguments;
    if (!read(count, values, arguments)) {
        std::cerr << usage;
        return 2;
    }
    try {
        std::int64_t rows = 0;
        for (const auto& [table, tally] : jira_plugin::store::moveStore(arguments.from, arguments.to)) {
            std::cout << table << ": " << tally.text() << "\n";
            rows += tally.rows;
        }
        std::cout << "Moved " << rows << " rows; counts and checksums of both sides are the same.\n"
                  << "The file is now " << arguments.from << ".moved. Set database.url and start the host.\n";
        return 0;
    } catch (const jira_plugin::store::StoreError& problem) {
        std::cerr << problem.what() << "\n" << problem.remedy() << "\n";
    } catch (const std::exception& problem) {
        std::cerr << problem.what() << "\n";
    }
    return 1;
}
