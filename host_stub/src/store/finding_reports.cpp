// What plugins say about findings: status, timeline, tickets, outcomes of pushes.
#include "finding_store.hpp"

namespace aspm::host {

void FindingStore::setStatus(const std::string& actor, const std::string& organisation,
                             const std::string& finding, aspm_finding_status status,
                             const std::string& reason, std::int64_t basedOn) {
    _database.write([&](Connection& c) {
        Finding before = requireFinding(c, organisation, finding).finding;
        if (basedOn != 0 && before.revision != basedOn)
            throw ServiceError(ASPM_STATE,
                               "The finding " + finding + " is at revision " +
                                   std::to_string(before.revision) + ", the decision was based on " +
                                   std::to_string(basedOn) + ".",
                               "Read the finding again and decide again.");
        Finding after = before;
        after.status = status;
        writeChange(c, before, after, {actor, "", reason, now()});
    });
    changed(Changed::Finding);
}

void FindingStore::appendTimeline(const std::string& plugin, const std::string& organisation,
                                  const std::string& finding, const TimelineEntry& entry) {
    _database.write(Durability::Process, [&](Connection& c) {
        requireExists(c, organisation, finding);
        const std::string conflict =
            entry.key.empty()
                ? ""
                : " ON CONFLICT (organisation, finding, plugin, entry_key) WHERE entry_key <> '' DO "
                  "UPDATE SET kind = excluded.kind, author = excluded.author, text = excluded.text, "
                  "remedy = excluded.remedy, url = excluded.url, at_ms = excluded.at_ms";
        c.run("INSERT INTO timeline (organisation, finding, plugin, entry_key, kind, author, text, remedy, "
              "url, at_ms) "
              "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)" +
                  conflict,
              organisation, finding, plugin, entry.key, std::int64_t{entry.kind}, entry.author, entry.text,
              entry.remedy, entry.url, entry.atMs == 0 ? now() : entry.atMs);
    });
}

void FindingStore::removeTimeline(const std::string& plugin, const std::string& organisation,
                                  const std::string& finding, const std::string& key) {
    _database.write(Durability::Process, [&](Connection& c) {
        requireExists(c, organisation, finding);
        c.run("DELETE FROM timeline WHERE organisation = $1 AND finding = $2 AND plugin = $3 AND entry_key = "
              "$4",
              organisation, finding, plugin, key);
    });
}

void FindingStore::attachTicket(const std::string& plugin, const std::string& organisation,
                                const std::string& finding, const TicketRef& ticket) {
    _database.write(Durability::Process, [&](Connection& c) {
        requireExists(c, organisation, finding);
        c.run("INSERT INTO pushes (organisation, finding, plugin, state, asked, since_ms, message, remedy, "
              "ticket) "
              "VALUES ($1, $2, $3, $4, '', $5, '', '', $6) ON CONFLICT (organisation, finding) DO UPDATE SET "
              "plugin = excluded.plugin, ticket = excluded.ticket",
              organisation, finding, plugin, std::int64_t{ASPM_PUSH_CREATED}, now(), ticketToText(ticket));
    });
    changed(Changed::Push);
}

void FindingStore::detachTicket(const std::string& plugin, const std::string& organisation,
                                const std::string& finding) {
    _database.write(Durability::Process, [&](Connection& c) {
        requireExists(c, organisation, finding);
        c.run(
            "UPDATE pushes SET ticket = '', state = 0, message = '', remedy = '', asked = '', since_ms = $1 "
            "WHERE organisation = $2 AND finding = $3 AND plugin = $4",
            now(), organisation, finding, plugin);
    });
    changed(Changed::Push);
}

void FindingStore::reportPush(const std::string& plugin, const std::string& organisation,
                              const std::string& finding, aspm_push_state state, const std::string& message,
                              const std::string& remedy, const TicketRef* ticket) {
    const PushReport report{finding, state, message, remedy,
                            ticket == nullptr ? std::nullopt : std::optional<TicketRef>(*ticket)};
    _database.write(Durability::Process,
                    [&](Connection& c) { writeReport(c, plugin, organisation, report); });
    changed(Changed::Push);
}

std::vector<PushReportRefusal> FindingStore::reportPushes(const std::string& plugin,
                                                          const std::string& organisation,
                                                          const std::vector<PushReport>& reports) {
    if (reports.empty())
        return {};
    auto refusals = _database.write(Durability::Process, [&](Connection& c) {
        std::vector<PushReportRefusal> refused;
        for (std::size_t i = 0; i < reports.size(); ++i) {
            try {
                writeReport(c, plugin, organisation, reports[i]);
            } catch (const ServiceError& why) {
                refused.push_back({i, why});
            }
        }
        return refused;
    });
    changed(Changed::Push);
    return refusals;
}

// Refuses before it writes: what it throws has left nothing behind in the transaction.
void FindingStore::writeReport(Connection& c, const std::string& plugin, const std::string& organisation,
                               const PushReport& report) const {
    const auto& [finding, state, message, remedy, ticket] = report;
    // One look for both: whether the finding is there, and what was said about it before.
    Rows rows = c.select("SELECT coalesce(s.state, 0), coalesce(s.message, '') FROM findings f LEFT JOIN "
                         "pushes s ON s.organisation = f.organisation AND s.finding = f.id "
                         "WHERE f.organisation = $1 AND f.id = $2 AND f.deleted = 0",
                         organisation, finding);
    if (!rows.next())
        throw noSuchFinding(organisation, finding);
    const std::int64_t before = rows.integer(0);
    const std::string messageBefore = rows.text(1);
    c.run("INSERT INTO pushes (organisation, finding, plugin, state, asked, since_ms, message, remedy, "
          "ticket) "
          "VALUES ($1, $2, $3, $4, '', $5, $6, $7, $8) ON CONFLICT (organisation, finding) DO UPDATE SET "
          "plugin = excluded.plugin, asked = '', message = excluded.message, remedy = excluded.remedy, "
          "since_ms = CASE WHEN state = excluded.state THEN since_ms ELSE excluded.since_ms END, "
          "state = excluded.state, ticket = CASE WHEN excluded.ticket = '' THEN ticket ELSE "
          "excluded.ticket END",
          organisation, finding, plugin, std::int64_t{state}, now(), message, remedy,
          ticket ? ticketToText(*ticket) : std::string());
    // The same outcome may be reported again; the timeline tells it once.
    if (before == state && (state == ASPM_PUSH_CREATED || messageBefore == message))
        return;
    if (state == ASPM_PUSH_CREATED)
        addHostTimeline(c, organisation, finding, ASPM_TIMELINE_NOTE, plugin,
                        ticket ? "Ticket " + ticket->key + " created." : "Ticket created.", now(),
                        ticket ? ticket->url : "");
    else if (state == ASPM_PUSH_PARKED || state == ASPM_PUSH_REFUSED)
        addHostTimeline(c, organisation, finding, ASPM_TIMELINE_PROBLEM, plugin,
                        "No ticket: " + message + (remedy.empty() ? "" : " " + remedy), now());
}

namespace {

using PushStates = std::map<aspm_push_state, std::int64_t>;

PushStates countsIn(Rows rows) {
    PushStates counts;
    while (rows.next())
        counts[static_cast<aspm_push_state>(rows.integer(0))] = rows.integer(1);
    return counts;
}

/// Of a whole organisation, which pages ask for again and again: counted in the index of states alone, less
/// the few of findings that are gone.
PushStates pushStatesOfAll(Connection& c, const std::string& organisation) {
    PushStates all = countsIn(
        c.select("SELECT state, count(*) FROM pushes WHERE organisation = $1 GROUP BY state", organisation));
    // CROSS JOIN: SQLite would begin with the many pushes.
    const PushStates gone =
        countsIn(c.select("SELECT s.state, count(*) FROM findings f CROSS JOIN pushes s ON s.organisation = "
                          "f.organisation AND s.finding = f.id WHERE f.organisation = $1 AND f.deleted = 1 "
                          "GROUP BY s.state",
                          organisation));
    for (const auto& [state, count] : gone)
        if ((all[state] -= count) <= 0)
            all.erase(state);
    return all;
}

} // namespace

std::map<aspm_push_state, std::int64_t> FindingStore::pushStates(const std::string& organisation,
                                                                 const std::string& project) {
    PushStates states = _database.read([&](Connection& c) {
        if (project.empty())
            return pushStatesOfAll(c, organisation);
        return countsIn(c.select("SELECT s.state, count(*) FROM pushes s JOIN findings f ON f.organisation = "
                                 "s.organisation AND f.id = s.finding WHERE s.organisation = $1 AND "
                                 "f.deleted = 0 AND f.project = $2 GROUP BY s.state",
                                 organisation, project));
    });
    states.erase(ASPM_PUSH_NONE);
    return states;
}

std::int64_t outstandingIn(const std::map<aspm_push_state, std::int64_t>& states) {
    std::int64_t count = 0;
    for (const auto& [state, findings] : states)
        if (state == ASPM_PUSH_QUEUED || state == ASPM_PUSH_WAITING || state == ASPM_PUSH_IN_DOUBT)
            count += findings;
    return count;
}

void FindingStore::noteAsked(const std::string& plugin, const std::string& organisation,
                             const std::string& askKey, const std::string& byName,
                             const std::vector<Finding>& findings) {
    std::string text = byName.empty() ? "A policy asked for a ticket." : byName + " asked for a ticket.";
    _database.write(Durability::Process, [&](Connection& c) {
        for (const Finding& finding : findings) {
            c.run("INSERT INTO pushes (organisation, finding, plugin, state, asked, since_ms, message, "
                  "remedy, ticket) "
                  "VALUES ($1, $2, $3, 0, $4, $5, '', '', '') ON CONFLICT (organisation, finding) DO UPDATE "
                  "SET "
                  "asked = excluded.asked",
                  organisation, finding.id, plugin, askKey, now());
            addHostTimeline(c, organisation, finding.id, ASPM_TIMELINE_NOTE, byName, text, now());
        }
    });
}

void FindingStore::noteReceipts(const std::string& organisation, const std::string& askKey,
                                const std::vector<Receipt>& receipts) {
    _database.write(Durability::Process, [&](Connection& c) {
        for (const Receipt& receipt : receipts)
            c.run("UPDATE pushes SET since_ms = CASE WHEN state = $1 THEN since_ms ELSE $2 END, state = $3, "
                  "message = $4, remedy = $5, asked = '' WHERE organisation = $6 AND finding = $7 AND asked "
                  "= $8",
                  std::int64_t{receipt.state}, now(), std::int64_t{receipt.state}, receipt.message,
                  receipt.remedy, organisation, receipt.finding, askKey);
    });
    changed(Changed::Push);
}

} // namespace aspm::host
