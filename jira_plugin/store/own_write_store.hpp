#pragma once

#include "outward_store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace jira_plugin::store {

/// Something that we write to a ticket; the columns are described with the table.
struct OwnWrite {
    std::string organisation;
    std::string id; ///< of a comment: its marker in Jira
    std::string system;
    std::string issueId;
    std::string finding;
    std::string task;
    std::int64_t generation = 0;
    std::string kind; ///< transition, edit, comment
    std::string value;
    std::string state; ///< open, done
    std::int64_t doubtSinceMs = 0;
    std::string commentId;
};

/// Our own record of what we write to tickets. Safe from any thread. Throws StoreError.
class OwnWriteStore {
public:
    explicit OwnWriteStore(Database& database) : _database(database) {}

    /// Makes a write durable before it is sent, and its task begun. False: the task is no longer this
    /// owner's, or has changed, and nothing may be sent.
    bool begin(const OwnWrite& write, const std::string& leaseOwner);
    /// The answer was lost, now.
    void doubt(const OwnWrite& write, std::int64_t nowMs);
    /// Jira has it, or certainly has not, and what it is now was told to whoever must know.
    void end(const OwnWrite& write);
    /// The comment arrived under this id. It stays open until `end`, which keeps it.
    void arrived(const OwnWrite& write, const std::string& commentId);

    /// Ends what is open of a finding that is parted from its ticket: nobody will look what became of it.
    /// Inside a transaction of the caller's.
    static void abandon(Poco::Data::Session& session, const std::string& organisation,
                        const std::string& finding);

    std::vector<OwnWrite> open(const std::string& organisation, const std::string& system,
                               const std::string& issueId);
    /// What belongs to a task that waits for a person is not under way: it must not hold up what people do
    /// there.
    bool isOpen(const std::string& organisation, const std::string& system, const std::string& issueId);
    bool isComment(const std::string& organisation, const std::string& system, const std::string& issueId,
                   const std::string& commentId);
    /// Whether the comment of this generation of a task has arrived.
    bool hasCommented(const OutwardTask& task);

private:
    Database& _database;
};

} // namespace jira_plugin::store
