#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

/// What there is on both sides when a run is over. Plain facts; how they are got depends on the kind of run.
namespace torture {

struct Note {
    std::string plugin, text;
};

/// A finding as the host shows it.
struct FindingSeen {
    std::string id, title, status;
    std::string push, message, remedy;
    std::string ticketId, ticketKey; ///< empty: it has none
    std::vector<Note> timeline;
};

struct CommentSeen {
    std::string id, text;
};

/// A ticket as it stands in Jira.
struct TicketSeen {
    std::string id, key, summary, label; ///< label: the one that marks it as ours, empty when there is none
    bool isDone = false;
    std::vector<CommentSeen> comments;
};

/// A row that waits, or waits for a person.
struct QueueRow {
    std::string direction, what, message, remedy;
};

/// What people said in Jira and did not take back.
struct Said {
    std::string ticketId, commentId, text;
};

/// How much of the machine the host uses.
struct Footprint {
    int descriptors = 0, threads = 0;
    int memoryKiB = 0; ///< of its own, resident
};

struct Evidence {
    std::vector<FindingSeen> findings;
    std::vector<TicketSeen> tickets;
    std::set<std::string> deletedTickets; ///< ids, by people in Jira
    std::vector<Said> said;
    std::set<std::string>
        decisions; ///< reasons given here, each its own text: no comment in Jira holds one twice

    int incomingWaiting = 0, outgoingWaiting = 0;
    std::vector<QueueRow> parked;
    std::string stuck; ///< why it did not become quiet; empty when it did

    std::string api; ///< what a call of Jira answers; empty: all is well
    std::vector<std::string> leaks;
    bool mayDumpCore = false;          ///< the host's memory, secrets and all, could become a file
    std::vector<Footprint> footprints; ///< after each of some rounds of pushes in peace
    std::vector<std::string> broken;   ///< promises broken on the way, such as an alert that is missing
};

} // namespace torture
