#include "judge.hpp"

#include <algorithm>

namespace torture {

namespace {

using Verdicts = std::vector<Verdict>;

// An allocator takes some more at times; what is never given back is more than that.
constexpr int mostGrowthKiB = 8 * 1024;

const TicketSeen* ticketOf(const Evidence& evidence, const FindingSeen& finding) {
    const auto found = std::find_if(evidence.tickets.begin(), evidence.tickets.end(),
                                    [&](const TicketSeen& ticket) { return ticket.id == finding.ticketId; });
    return found == evidence.tickets.end() ? nullptr : &*found;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void judgeLinks(const Evidence& evidence, Verdicts& wrong) {
    for (const FindingSeen& finding : evidence.findings) {
        const bool wasDeleted = evidence.deletedTickets.count(finding.ticketId) != 0;
        const bool needsNone = finding.status != "open" && finding.push == "none" && !finding.message.empty();
        if (finding.ticketId.empty() && !needsNone)
            wrong.push_back({Wrong::Lost, finding.title + " has no ticket; its push is " + finding.push +
                                              ": " + finding.message + " " + finding.remedy});
        else if (!finding.ticketId.empty() && ticketOf(evidence, finding) == nullptr && !wasDeleted)
            wrong.push_back({Wrong::Lost, finding.title + " has the ticket " + finding.ticketKey +
                                              ", which is not in Jira"});
        if (!finding.ticketId.empty() && finding.push != "created")
            wrong.push_back({Wrong::Stuck, finding.title + " has a ticket, and its push is " + finding.push +
                                               ": " + finding.message});
    }
}

void judgeTickets(const Evidence& evidence, Verdicts& wrong) {
    std::map<std::string, std::vector<std::string>> byLabel;
    std::map<std::string, std::string> findingOf;
    for (const FindingSeen& finding : evidence.findings)
        if (!finding.ticketId.empty() && !findingOf.emplace(finding.ticketId, finding.title).second)
            wrong.push_back({Wrong::Double, finding.title + " and " + findingOf[finding.ticketId] +
                                                " have the same ticket " + finding.ticketKey});
    for (const TicketSeen& ticket : evidence.tickets) {
        if (ticket.label.empty())
            continue;
        byLabel[ticket.label].push_back(ticket.key);
        if (findingOf.count(ticket.id) == 0)
            wrong.push_back({Wrong::Lost, "the ticket " + ticket.key + " (" + ticket.summary +
                                              ") carries our label and belongs to no finding"});
    }
    for (const auto& [label, keys] : byLabel) {
        std::string all;
        for (const std::string& key : keys)
            all += " " + key;
        if (keys.size() > 1)
            wrong.push_back({Wrong::Double, "several tickets carry " + label + ":" + all});
    }
}

/// With the settings as they come: a closed ticket's finding is settled, an open one's is open.
void judgeStatus(const Evidence& evidence, Verdicts& wrong) {
    for (const FindingSeen& finding : evidence.findings) {
        const TicketSeen* ticket = ticketOf(evidence, finding);
        if (ticket != nullptr && ticket->isDone == (finding.status == "open"))
            wrong.push_back({Wrong::Differs, finding.title + " is " + finding.status + ", and its ticket " +
                                                 ticket->key + " is " +
                                                 (ticket->isDone ? "closed" : "not closed")});
    }
}

void judgeComments(const Evidence& evidence, Verdicts& wrong) {
    for (const Said& said : evidence.said) {
        for (const FindingSeen& finding : evidence.findings) {
            if (finding.ticketId != said.ticketId || ticketOf(evidence, finding) == nullptr)
                continue;
            const auto times =
                std::count_if(finding.timeline.begin(), finding.timeline.end(),
                              [&](const Note& note) { return contains(note.text, said.text); });
            if (times != 1)
                wrong.push_back({times == 0 ? Wrong::Lost : Wrong::Double,
                                 "'" + said.text + "', said on " + finding.ticketKey + ", stands " +
                                     std::to_string(times) + " times on the timeline of " + finding.title});
        }
    }
}

/// What we wrote on a ticket because of one decision.
void judgeOurComments(const Evidence& evidence, Verdicts& wrong) {
    for (const TicketSeen& ticket : evidence.tickets)
        for (const std::string& decision : evidence.decisions) {
            const auto times =
                std::count_if(ticket.comments.begin(), ticket.comments.end(),
                              [&](const CommentSeen& comment) { return contains(comment.text, decision); });
            if (times > 1)
                wrong.push_back({Wrong::Double, "the comment on '" + decision + "' stands " +
                                                    std::to_string(times) + " times on " + ticket.key});
        }
}

void judgeQueues(const Evidence& evidence, Verdicts& wrong) {
    if (!evidence.stuck.empty())
        wrong.push_back({Wrong::Stuck, evidence.stuck});
    if (evidence.incomingWaiting + evidence.outgoingWaiting > 0)
        wrong.push_back({Wrong::Stuck, std::to_string(evidence.incomingWaiting) + " events of Jira and " +
                                           std::to_string(evidence.outgoingWaiting) +
                                           " changes for Jira wait in peace"});
    for (const QueueRow& row : evidence.parked)
        if (row.message.empty() || row.remedy.empty())
            wrong.push_back({Wrong::Stuck, "something " + row.direction +
                                               " is parked without reason or remedy: " + row.what + " " +
                                               row.message});
}

/// Growth is what goes on; a pool that fills up once ends somewhere.
void judgeFootprint(const Evidence& evidence, Verdicts& wrong) {
    const auto& all = evidence.footprints;
    if (all.size() < 2)
        return;
    const auto grows = [&](int Footprint::*what) {
        for (std::size_t i = 1; i < all.size(); ++i)
            if (all[i].*what <= all[i - 1].*what)
                return false;
        return true;
    };
    const auto tell = [&](const char* what, int Footprint::*member) {
        std::string figures;
        for (const Footprint& each : all)
            figures += " " + std::to_string(each.*member);
        if (grows(member))
            wrong.push_back(
                {Wrong::Grows, std::string("each round of pushes costs ") + what + ":" + figures});
    };
    tell("file descriptors", &Footprint::descriptors);
    tell("threads", &Footprint::threads);
    if (all.back().memoryKiB - all.front().memoryKiB > mostGrowthKiB)
        wrong.push_back({Wrong::Grows, "rounds of pushes of two findings took the memory from " +
                                           std::to_string(all.front().memoryKiB) + " KiB to " +
                                           std::to_string(all.back().memoryKiB) + " KiB"});
}

} // namespace

const char* toString(Wrong kind) {
    switch (kind) {
    case Wrong::Lost:
        return "lost";
    case Wrong::Double:
        return "double";
    case Wrong::Stuck:
        return "stuck";
    case Wrong::Differs:
        return "differs";
    case Wrong::Leak:
        return "leak";
    case Wrong::Grows:
        return "grows";
    }
    return "wrong";
}

std::vector<Verdict> judge(const Evidence& evidence) {
    Verdicts wrong;
    judgeLinks(evidence, wrong);
    judgeTickets(evidence, wrong);
    judgeStatus(evidence, wrong);
    judgeComments(evidence, wrong);
    judgeOurComments(evidence, wrong);
    judgeQueues(evidence, wrong);
    if (!evidence.api.empty())
        wrong.push_back({Wrong::Stuck, "Jira cannot be used: " + evidence.api});
    for (const std::string& leak : evidence.leaks)
        wrong.push_back({Wrong::Leak, leak});
    if (evidence.mayDumpCore)
        wrong.push_back({Wrong::Leak, "a crash of the host would write its memory into a core file"});
    judgeFootprint(evidence, wrong);
    for (const std::string& promise : evidence.broken)
        wrong.push_back({Wrong::Stuck, promise});
    return wrong;
}

} // namespace torture
