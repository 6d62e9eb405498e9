#pragma once

#include "contracts.hpp"
#include "host/services.hpp"
#include "push/push_parts.hpp"

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// A link by hand that cannot be made, for a person.
class LinkProblem : public std::runtime_error {
public:
    enum class Kind {
        BadReference,  ///< neither a key nor a URL of a ticket
        OtherSite,     ///< a URL of another Jira than the one that is connected
        NoTicket,      ///< Jira has no such ticket, or hides it from the account that is connected
        NoFinding,     ///< the host has no such finding in this organisation
        AlreadyLinked, ///< the finding has a ticket: unlink it first
        NotLinked,     ///< there is nothing to unlink
        StillUnderWay, ///< a ticket of the finding is being created, or may have been
        NotMapped      ///< the finding's project is not mapped: no ticket can be created
    };
    LinkProblem(Kind kind, const std::string& message, std::string remedy)
        : std::runtime_error(message), _kind(kind), _remedy(std::move(remedy)) {}
    Kind kind() const { return _kind; }
    const std::string& remedy() const { return _remedy; }

private:
    Kind _kind;
    std::string _remedy;
};

/// Links between findings and tickets that people make and undo. Every function leaves a line on the timeline
/// and in the audit log. Safe from any thread. All throw LinkProblem and store::StoreError; link and
/// createAgain also the types of jira/errors.hpp.
class ManualLinks {
public:
    /// Who asks, for the timeline and the audit log.
    struct Actor {
        std::string user; ///< user id
        std::string name;
    };

    /// parts, inward: borrowed, outlive this. queued: called when a ticket was put into the outbox.
    ManualLinks(push::PushParts& parts, Inward& inward, std::function<void()> queued);

    struct Linked {
        host::TicketRef ticket;
        std::vector<std::string> others; ///< findings that share the ticket
    };
    /// Links a finding to an existing ticket, by key or by the URL that a browser shows. Linking to the
    /// ticket that it has already changes nothing.
    Linked link(const std::string& organisation, const std::string& finding, const std::string& keyOrUrl,
                const Actor& actor);

    /// Parts a finding from its ticket, which stays in Jira as it is. Answers the ticket that it was.
    host::TicketRef unlink(const std::string& organisation, const std::string& finding, const Actor& actor);

    /// Queues a new ticket for a finding whose ticket was deleted or unlinked; a link that it still has is
    /// taken off first. Asking again while that ticket is on its way changes nothing.
    void createAgain(const std::string& organisation, const std::string& finding, const Actor& actor);

private:
    push::PushParts& _parts;
    Inward& _inward;
    const std::function<void()> _queued;
};

} // namespace jira_plugin::sync
