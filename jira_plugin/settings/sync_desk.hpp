#pragma once

#include "host/services.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace jira_plugin::settings {

/// Links by hand, and what waits or failed between the two sides, as the settings need them. Safe from any
/// thread. Throws store::StoreError; the links also sync::LinkProblem and the types of jira/errors.hpp.
class SyncDesk {
public:
    virtual ~SyncDesk() = default;

    struct Linked {
        host::TicketRef ticket;
        std::vector<std::string> others; ///< findings that share the ticket
    };
    /// Who asks, for the timeline and the audit log.
    struct Actor {
        std::string user;
        std::string name;
    };
    virtual Linked link(const std::string& organisation, const std::string& finding,
                        const std::string& keyOrUrl, const Actor& actor) = 0;
    virtual host::TicketRef unlink(const std::string& organisation, const std::string& finding,
                                   const Actor& actor) = 0;
    virtual void createAgain(const std::string& organisation, const std::string& finding,
                             const Actor& actor) = 0;

    /// From Jira to here, or from here to Jira.
    enum class Direction { Incoming, Outgoing };

    /// Something that waits or failed.
    struct Waiting {
        std::string id;
        std::string finding; ///< empty: not known
        std::string issueKey;
        std::string issueUrl;
        std::string what; ///< for people
        std::int64_t sinceMs = 0;
        std::string cause;
        std::string message;
        std::string remedy;
    };
    struct Queue {
        std::int64_t waiting = 0; ///< is done by itself
        std::int64_t parked = 0;
        std::int64_t lastHeardMs = 0; ///< Incoming: when the last one arrived; 0: not lately
        std::vector<Waiting> rows;    ///< what is parked, the oldest first
        bool isComplete = true;       ///< false: there are more rows
    };
    virtual Queue queue(const std::string& organisation, Direction direction) = 0;
    /// Makes parked ones due: one by id, else all of a cause, else all. Returns how many.
    virtual std::int64_t retry(const std::string& organisation, Direction direction, const std::string& id,
                               const std::string& cause) = 0;
    /// Takes a parked change off the queue: the ticket stays as it is. False: it is not parked.
    virtual bool drop(const std::string& organisation, const std::string& id) = 0;
};

} // namespace jira_plugin::settings
