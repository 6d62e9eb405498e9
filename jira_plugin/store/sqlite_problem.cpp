#include "sqlite_problem.hpp"

#include <Poco/Data/SQLite/SQLiteException.h>

namespace jira_plugin::store {
namespace {

namespace sqlite = Poco::Data::SQLite;

bool says(const Poco::Exception& problem, const char* words) {
    return problem.displayText().find(words) != std::string::npos;
}

template <class Kind> bool is(const Poco::Exception& problem) {
    return dynamic_cast<const Kind*>(&problem) != nullptr;
}

bool isLocked(const Poco::Exception& problem) {
    return is<sqlite::DBLockedException>(problem) || is<sqlite::TableLockedException>(problem) ||
           says(problem, "database is locked");
}

bool isNotWritable(const Poco::Exception& problem) {
    return is<sqlite::ReadOnlyException>(problem) || is<sqlite::CantOpenDBFileException>(problem) ||
           is<sqlite::AuthorizationDeniedException>(problem) || says(problem, "readonly database") ||
           says(problem, "unable to open database file");
}

bool isDamaged(const Poco::Exception& problem) {
    return is<sqlite::CorruptImageException>(problem) || says(problem, "file is not a database") ||
           says(problem, "malformed");
}

bool isFull(const Poco::Exception& problem) {
    return is<sqlite::DatabaseFullException>(problem) || says(problem, "database or disk is full");
}

} // namespace

StoreError notWritable(const std::string& path) {
    return {"The Jira plugin's database " + path + " cannot be opened for writing.",
            "Give the host's user write permission to the file and to its directory, and check that the file "
            "system is mounted read-write."};
}

StoreError explain(const Poco::Exception& problem, const std::string& path) {
    if (isLocked(problem))
        return {
            "The Jira plugin's database " + path + " stayed locked by another process.",
            "Close whatever else has the file open (a backup, an sqlite3 shell); the work is tried again."};
    if (isNotWritable(problem))
        return notWritable(path);
    if (isFull(problem))
        return {"The disk that holds the Jira plugin's database " + path + " is full.",
                "Free some space; the work is tried again."};
    if (isDamaged(problem))
        return {"The file " + path +
                    " is not a readable database of the Jira plugin: it is damaged or something else.",
                "Restore it from a backup. To start empty instead, move the file away: the connection and "
                "the mappings "
                "must then be made again, and findings pushed again get second tickets."};
    return {"The Jira plugin's database " + path + " failed: " + problem.displayText() + ".",
            "Check the disk and the host's log; the work is tried again."};
}

} // namespace jira_plugin::store
