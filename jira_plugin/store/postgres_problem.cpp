#include "postgres_problem.hpp"

#include <Poco/Data/DataException.h>

namespace jira_plugin::store {
namespace {

bool says(const std::string& text, const char* words) {
    return text.find(words) != std::string::npos;
}

// Poco puts the five characters of SQLSTATE into its text.
std::string stateOf(const std::string& text) {
    const std::string mark = " State: ";
    const auto at = text.find(mark);
    return at == std::string::npos ? "" : text.substr(at + mark.size(), 5);
}

// PostgreSQL's own first line: what follows repeats the statement and may quote values.
std::string firstLine(const std::string& text) {
    const auto error = text.find(" error: ");
    const std::string rest = error == std::string::npos ? text : text.substr(error + 8);
    const auto begin = rest.find_first_not_of(" \n");
    return begin == std::string::npos ? "no reason was given"
                                      : rest.substr(begin, rest.find('\n', begin) - begin);
}

StoreError unreachable(const std::string& shown, const std::string& reason) {
    return {"The Jira plugin's database " + shown + " cannot be reached: " + reason + ".",
            "Check that the PostgreSQL server runs and that host and port of database.url are right; the "
            "work is tried again by itself."};
}

bool isTlsTrouble(const Poco::Exception& problem) {
    const std::string text = problem.message();
    return dynamic_cast<const Poco::Data::ConnectionFailedException*>(&problem) &&
           (says(text, "SSL") || says(text, "certificate") || says(text, "no encryption"));
}

} // namespace

PostgresTrouble troubleOf(const Poco::Exception& problem) {
    const std::string text = problem.displayText();
    const std::string state = stateOf(text);
    // serialization failure, deadlock, and a lock that was waited for too long
    if (state == "40001" || state == "40P01" || state == "55P03")
        return PostgresTrouble::Conflict;
    const bool isShutdown = state == "57P01" || state == "57P02" || state == "57P03" || state == "25P03";
    return isShutdown || state.compare(0, 2, "08") == 0 || says(text, "terminating connection")
               ? PostgresTrouble::Lost
               : PostgresTrouble::Other;
}

StoreError explainPostgres(const Poco::Exception& problem, PostgresTrouble trouble,
                           const std::string& shown) {
    const std::string text = problem.displayText();
    const std::string reason = firstLine(problem.message());
    if (says(text, "password authentication failed") || says(text, "no password supplied") ||
        (says(text, "role \"") && says(text, "does not exist")))
        return {"The Jira plugin's database " + shown + " refuses the user or the password of database.url.",
                "Correct them; special characters of a password are written as %40 for @, %3A for : and %2F "
                "for /. Then restart the host."};
    if (says(text, "database \"") && says(text, "does not exist"))
        return {"The Jira plugin's database " + shown + " does not exist on that server.",
                "Create it (CREATE DATABASE ... ENCODING 'UTF8') with the user of database.url as its owner, "
                "or correct database.url."};
    if (isTlsTrouble(problem))
        return {
            "The Jira plugin's database " + shown + " cannot be reached over TLS as asked: " + reason + ".",
            "Check sslmode and sslrootcert in database.url: the certificate must name the host, and its "
            "authority must be in that file. sslmode=disable turns TLS off where the network is trusted."};
    if (says(text, "too many clients") || says(text, "remaining connection slots"))
        return {"The PostgreSQL server of " + shown + " takes no more connections.",
                "Raise max_connections there; a host keeps about ten open. The work is tried again by "
                "itself."};
    if (says(text, "permission denied") || stateOf(text) == "42501")
        return {"The user of database.url lacks rights in " + shown + ": " + reason + ".",
                "Make that user the owner of the database, or grant it CREATE and USAGE on the schema, then "
                "restart the host."};
    switch (trouble) {
    case PostgresTrouble::Lost:
        return unreachable(shown, reason);
    case PostgresTrouble::Conflict:
        return {"Other hosts were changing the same rows of " + shown + " again and again.",
                "Nothing to do: the work is tried again by itself."};
    case PostgresTrouble::Other:
        break;
    }
    if (stateOf(text).compare(0, 2, "53") == 0)
        return {"The PostgreSQL server of " + shown + " lacks room: " + reason + ".",
                "Free disk space or memory there; the work is tried again by itself."};
    return {"The Jira plugin's database " + shown + " failed: " + reason + ".",
            "Look into the log of the PostgreSQL server; the work is tried again by itself."};
}

} // namespace jira_plugin::store
