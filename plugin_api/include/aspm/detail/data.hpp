#pragma once

#include <algorithm>
#include <optional>

#include "../contrib/finding_status.h"
#include "../http.h"
#include "../service/directory.h"
#include "text.hpp"

namespace aspm {

struct Organisation {
    std::string id;
    std::string name;

    static Organisation from(const aspm_organisation& o) { return {copy(o.id), copy(o.name)}; }
};

struct Project {
    std::string organisation;
    std::string id;
    std::string key;
    std::string name;

    static Project from(const aspm_project& p) {
        return {copy(p.organisation), copy(p.id), copy(p.key), copy(p.name)};
    }
};

struct Member {
    aspm_roles roles = 0;
    std::string organisation;
    std::string user;
    std::string name;
    std::string email;

    static Member from(const aspm_member& m) {
        return {m.roles, copy(m.organisation), copy(m.user), copy(m.name), copy(m.email)};
    }
};

/// An owned copy of aspm_principal: the signed-in user behind a request or a push.
struct Principal {
    aspm_roles roles = 0;
    std::string organisation;
    std::string organisationName;
    std::string user;
    std::string userName;
    std::string email;
    std::string locale;
    std::string timeZone;
    std::vector<std::string> administeredProjects;
    std::string csrfToken;
    std::string csrfHeader;

    bool isAdmin() const noexcept { return (roles & ASPM_ROLE_ADMIN) != 0; }

    /// True for the project's administrators and the organisation's.
    bool administers(std::string_view project) const noexcept {
        const auto& mine = administeredProjects;
        return isAdmin() || ((roles & ASPM_ROLE_PROJECT_ADMIN) != 0 &&
                             std::find(mine.begin(), mine.end(), project) != mine.end());
    }

    static Principal from(const aspm_principal& p) {
        return {p.roles,
                copy(p.organisation),
                copy(p.organisation_name),
                copy(p.user),
                copy(p.user_name),
                copy(p.email),
                copy(p.locale),
                copy(p.time_zone),
                copy(p.administered_projects, p.administered_project_count),
                copy(p.csrf_token),
                copy(p.csrf_header)};
    }

    static std::optional<Principal> from(const aspm_principal* p) {
        return p == nullptr ? std::nullopt : std::optional<Principal>(from(*p));
    }
};

/// What a struct with an array of labels lends to the C side; valid as long as its source and itself.
template <class Table> class Lent {
public:
    Lent(Table table, std::vector<aspm_str> labels) noexcept : _labels(std::move(labels)), _table(table) {
        _table.struct_size = sizeof(Table);
        _table.labels = _labels.data();
        _table.label_count = static_cast<std::uint32_t>(_labels.size());
    }
    const Table* get() const noexcept { return &_table; }

private:
    std::vector<aspm_str> _labels;
    Table _table;
};

/// An owned copy of aspm_finding; see there for the meaning of each member.
struct FindingData {
    aspm_severity severity = ASPM_SEVERITY_INFO;
    aspm_finding_status status = ASPM_FINDING_OPEN;
    std::vector<std::string> labels;
    std::string organisation;
    std::string project;
    std::string projectKey;
    std::string id;
    std::string title;
    std::string description;
    std::string scanner;
    std::string ruleId;
    std::string ruleName;
    std::string ruleHelp;
    std::string ruleHelpUrl;
    std::string cwe;
    std::string filePath;
    std::string snippet;
    std::string url;
    std::string dueDate;
    std::int64_t line = 0;
    std::int64_t firstSeenMs = 0;
    std::int64_t revision = 0;

    static FindingData from(const aspm_finding& f) {
        FindingData d;
        d.severity = f.severity;
        d.status = f.status;
        d.labels = copy(f.labels, f.label_count);
        d.organisation = copy(f.organisation);
        d.project = copy(f.project);
        d.projectKey = copy(f.project_key);
        d.id = copy(f.id);
        d.title = copy(f.title);
        d.description = copy(f.description);
        d.scanner = copy(f.scanner);
        d.ruleId = copy(f.rule_id);
        d.ruleName = copy(f.rule_name);
        d.ruleHelp = copy(f.rule_help);
        d.ruleHelpUrl = copy(f.rule_help_url);
        d.cwe = copy(f.cwe);
        d.filePath = copy(f.file_path);
        d.snippet = copy(f.snippet);
        d.url = copy(f.url);
        d.dueDate = copy(f.due_date);
        d.line = f.line;
        d.firstSeenMs = f.first_seen_ms;
        d.revision = f.revision;
        return d;
    }

    /// Lends this finding; valid while this object is neither changed nor destroyed.
    Lent<aspm_finding> lend() const {
        aspm_finding f{};
        f.severity = severity;
        f.status = status;
        f.organisation = str(organisation);
        f.project = str(project);
        f.project_key = str(projectKey);
        f.id = str(id);
        f.title = str(title);
        f.description = str(description);
        f.scanner = str(scanner);
        f.rule_id = str(ruleId);
        f.rule_name = str(ruleName);
        f.rule_help = str(ruleHelp);
        f.rule_help_url = str(ruleHelpUrl);
        f.cwe = str(cwe);
        f.file_path = str(filePath);
        f.snippet = str(snippet);
        f.url = str(url);
        f.due_date = str(dueDate);
        f.line = line;
        f.first_seen_ms = firstSeenMs;
        f.revision = revision;
        return {f, str(labels)};
    }
};

/// An owned copy of aspm_ticket_ref.
struct TicketRef {
    std::string system;
    std::string id;
    std::string key;
    std::string url;
    std::string status;
    std::string priority;
    std::string assignee;
    std::string dueDate;
    std::vector<std::string> labels;

    static TicketRef from(const aspm_ticket_ref& t) {
        return {copy(t.system),   copy(t.id),       copy(t.key),
                copy(t.url),      copy(t.status),   copy(t.priority),
                copy(t.assignee), copy(t.due_date), copy(t.labels, t.label_count)};
    }

    /// Lends this ticket; valid while this object is neither changed nor destroyed.
    Lent<aspm_ticket_ref> lend() const {
        aspm_ticket_ref t{};
        t.system = str(system);
        t.id = str(id);
        t.key = str(key);
        t.url = str(url);
        t.status = str(status);
        t.priority = str(priority);
        t.assignee = str(assignee);
        t.due_date = str(dueDate);
        return {t, str(labels)};
    }
};

/// An owned copy of aspm_finding_change.
struct FindingChange {
    std::uint32_t changes = 0; ///< ASPM_CHANGED_* bits
    FindingData finding;
    aspm_finding_status oldStatus = ASPM_FINDING_OPEN;
    aspm_severity oldSeverity = ASPM_SEVERITY_INFO;
    std::string oldDueDate;
    std::string event;
    std::string actor;
    std::string actorName;
    std::string reason;
    std::int64_t occurredAtMs = 0;

    bool has(std::uint32_t change) const noexcept { return (changes & change) != 0; }

    static FindingChange from(const aspm_finding_change& c) {
        return {c.changes,
                FindingData::from(*c.finding),
                c.old_status,
                c.old_severity,
                copy(c.old_due_date),
                copy(c.event),
                copy(c.actor),
                copy(c.actor_name),
                copy(c.reason),
                c.occurred_at_ms};
    }
};

} // namespace aspm
