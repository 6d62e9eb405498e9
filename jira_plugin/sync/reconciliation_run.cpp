#include "reconciliation_run.hpp"

#include "connection/encoding.hpp"
#include "diagnosis/check.hpp"

#include <algorithm>

namespace jira_plugin::sync {
namespace {

constexpr std::int64_t portion = 100;
// Cloud's index lags behind writes, and clocks differ.
constexpr std::int64_t overlapMs = 10LL * 60 * 1000;
// Searching pays only while it costs less than reading the linked issues themselves.
constexpr std::int64_t freePages = 5;

} // namespace

Reconciliation::Run::Run(Reconciliation& owner, ReconciliationRow row, JobLeases::Lease& lease)
    : _owner(owner), _parts(owner._parts), _row(std::move(row)), _lease(lease),
      _jira(_parts.jira(_row.organisation)), _known(_parts.database),
      _orphans(_parts, owner._store, _row.organisation, _jira.system),
      _projects(_parts.jiraProjects(_row.organisation, _jira.system)),
      _linkedCount(owner._store.countLinked(_row.organisation, _jira.system)) {
    if (_row.system != _jira.system) { // another Jira: nothing of the last run holds
        _row.system = _jira.system;
        _row.succeededAtMs = 0;
        _row.cursor.clear();
    }
    for (auto& id : owner._store.orphans(_row.organisation, _jira.system))
        _knownOrphans.insert(std::move(id));
    _hint.source = _row.report.reason == "repair" ? Hint::Source::Repair : Hint::Source::Reconciliation;
}

void Reconciliation::Run::go() {
    _row.report.sinceMs =
        _row.succeededAtMs > 0 ? std::max<std::int64_t>(_row.succeededAtMs - overlapMs, 1) : 0;
    // These are found again from the start, also when an interrupted run goes on.
    _row.report.changed = _row.report.orphanCount = _row.report.doubleCount = 0;
    _row.report.orphans.clear();
    _row.report.doubles.clear();
    checkpoint();
    if (_row.report.sinceMs > 0)
        searchChanged();
    else
        searchLabelled();
    fetchLinked();
    takeComments();
    lookAtOrphansAgain();
    finish();
}

void Reconciliation::Run::searchChanged() {
    if (_projects.empty())
        return;
    std::string after;
    for (std::int64_t pages = 0; pages == 0 || !after.empty(); ++pages) {
        if (pages > _linkedCount / portion + freePages)
            return searchLabelled(); // so much happened that reading everything costs less
        ++_row.report.requests;
        const auto found = _jira.states->changedSince(_projects, _row.report.sinceMs, after);
        takeFound(found.issues);
        after = found.next;
        checkpoint();
    }
}

/// All tickets of ours, as there is no time since which changes could be asked for.
void Reconciliation::Run::searchLabelled() {
    for (const std::string& label : _orphans.labels()) {
        std::string after;
        for (std::int64_t pages = 0; pages == 0 || !after.empty(); ++pages) {
            if (pages > _linkedCount / portion + freePages)
                break;
            ++_row.report.requests;
            const auto found = _jira.states->withLabel(label, after);
            takeFound(found.issues);
            after = found.next;
            checkpoint();
        }
    }
}

void Reconciliation::Run::fetchLinked() {
    std::vector<LinkedIssue> batch;
    const auto flush = [&] {
        std::vector<std::string> ids;
        for (const auto& issue : batch)
            ids.push_back(issue.id);
        if (ids.empty())
            return;
        ++_row.report.requests;
        const auto fetched = _jira.states->fetch(ids);
        take(fetched.issues);
        for (const auto& id : fetched.missing)
            takeGone(id);
        if (_changed.empty()) // an interrupted run comes again by those whose comments it has not read
            _row.cursor = batch.back().id;
        batch.clear();
        checkpoint();
    };
    std::string after = _row.cursor;
    for (;;) {
        const auto page = _owner._store.linkedIssues(_row.organisation, _jira.system, after, portion);
        if (page.empty())
            break;
        for (const auto& issue : page) {
            if (_seen.count(issue.id) == 0)
                batch.push_back(issue);
            if (batch.size() == portion)
                flush();
        }
        after = page.back().id;
    }
    flush();
}

/// Those of earlier runs that did not change since: they may be gone, or have found a finding.
void Reconciliation::Run::lookAtOrphansAgain() {
    std::vector<std::string> all;
    for (const auto& id : _knownOrphans)
        if (_unlinked.count(id) == 0)
            all.push_back(id);
    for (std::size_t begin = 0; begin < all.size(); begin += portion) {
        const auto end = std::min<std::size_t>(begin + portion, all.size());
        const std::vector<std::string> ids(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                           all.begin() + static_cast<std::ptrdiff_t>(end));
        ++_row.report.requests;
        const auto fetched = _jira.states->fetch(ids);
        for (const auto& id : fetched.missing)
            forgetOrphan(id);
        take(fetched.issues);
        checkpoint();
    }
}

/// What a search says of linked tickets may be old, as its index lags: they are read themselves.
void Reconciliation::Run::takeFound(const std::vector<jira::IssueState>& issues) {
    std::vector<std::string> ids;
    for (const auto& issue : issues)
        ids.push_back(issue.id);
    const auto linked = _owner._store.linked(_row.organisation, _jira.system, ids);
    for (const auto& issue : issues) {
        if (_owner._isStopping)
            throw Interrupted{};
        if (linkOf(issue, linked) == nullptr)
            takeUnlinked(issue);
    }
}

const LinkedIssue* Reconciliation::Run::linkOf(const jira::IssueState& issue,
                                               const std::vector<LinkedIssue>& linked) {
    const auto link =
        std::find_if(linked.begin(), linked.end(), [&](const auto& each) { return each.id == issue.id; });
    return link == linked.end() ? nullptr : &*link;
}

void Reconciliation::Run::take(const std::vector<jira::IssueState>& issues) {
    std::vector<std::string> ids;
    for (const auto& issue : issues)
        ids.push_back(issue.id);
    const auto linked = _owner._store.linked(_row.organisation, _jira.system, ids);
    for (const auto& issue : issues) {
        if (_owner._isStopping)
            throw Interrupted{};
        const LinkedIssue* link = linkOf(issue, linked);
        if (link == nullptr) {
            takeUnlinked(issue);
        } else if (_seen.insert(issue.id).second) {
            forgetOrphan(issue.id);
            if (compare(*link, issue))
                _changed.push_back(*link);
        }
    }
    if (_changed.size() >= static_cast<std::size_t>(portion))
        takeComments();
}

bool Reconciliation::Run::compare(const LinkedIssue& linked, const jira::IssueState& now) {
    const std::int64_t sinceMs = _row.report.sinceMs;
    const bool isChanged = sinceMs > 0 ? now.updatedMs >= sinceMs : now.updatedMs > linked.linkedAtMs;
    const IssueId id{_row.organisation, _jira.system, now.id};
    auto drifts = _owner._inward.apply(id, now, _hint);
    if (!drifts.empty())
        _owner._health.missed(_row.organisation, now.key, now.updatedMs);
    note(std::move(drifts));
    for (const auto& findingId : linked.findings)
        if (const auto finding = _parts.host.findings.get(_row.organisation, findingId))
            note(_owner._outward.align(*finding, id, now));
    ++_row.report.checked;
    _row.report.changed += isChanged ? 1 : 0;
    return isChanged;
}

bool Reconciliation::Run::showsComments(const LinkedIssue& issue) {
    const IssueId id{_row.organisation, _jira.system, issue.id};
    return std::any_of(issue.findings.begin(), issue.findings.end(), [&](const std::string& finding) {
        return !_known.shownComments(id, finding).empty();
    });
}

/// Most changes are none of the comments: what Jira tells of all of them at once says of whose to read.
void Reconciliation::Run::takeComments() {
    while (!_changed.empty()) {
        const auto begin =
            _changed.end() - std::min<std::ptrdiff_t>(_changed.end() - _changed.begin(), portion);
        takeComments({begin, _changed.end()});
        _changed.erase(begin, _changed.end());
    }
}

void Reconciliation::Run::takeComments(const std::vector<LinkedIssue>& changed) {
    std::vector<std::string> ids;
    for (const auto& issue : changed)
        ids.push_back(issue.id);
    ++_row.report.requests;
    auto marks = _jira.states->commentMarks(ids);
    const auto known = _owner._store.commentMarks(_row.organisation, _jira.system, ids);
    for (const auto& issue : changed) {
        if (_owner._isStopping)
            throw Interrupted{};
        const auto mark = marks.find(issue.id);
        const auto before = known.find(issue.id);
        const std::string digest = mark == marks.end() ? std::string() : connection::sha256Hex(mark->second);
        const bool isSame = mark != marks.end() && before != known.end() && before->second == digest;
        const bool hasNone = mark != marks.end() && mark->second == "0" && before == known.end();
        if (isSame || (hasNone && !showsComments(issue)))
            continue;
        ++_row.report.requests;
        note(_owner._inward.applyComments({_row.organisation, _jira.system, issue.id}, _hint));
        if (!digest.empty())
            _owner._store.saveCommentMark(_row.organisation, _jira.system, issue.id, digest);
    }
}

void Reconciliation::Run::forgetOrphan(const std::string& issueId) {
    if (_knownOrphans.erase(issueId) > 0)
        _owner._store.removeOrphan(_row.organisation, _jira.system, issueId);
}

void Reconciliation::Run::takeUnlinked(const jira::IssueState& issue) {
    if (!_unlinked.insert(issue.id).second)
        return;
    auto& report = _row.report;
    const auto judged = _orphans.judge(issue, _jira);
    if (std::holds_alternative<std::monostate>(judged)) {
        forgetOrphan(issue.id);
        return;
    }
    if (_knownOrphans.insert(issue.id).second)
        _owner._store.addOrphan(_row.organisation, _jira.system, issue.id);
    if (const auto* other = std::get_if<Orphans::Double>(&judged)) {
        ++report.doubleCount;
        if (report.doubles.size() < ReconciliationReport::listLimit)
            report.doubles.push_back(*other);
    } else {
        ++report.orphanCount;
        if (report.orphans.size() < ReconciliationReport::listLimit)
            report.orphans.push_back(std::get<Orphans::Orphan>(judged));
    }
}

/// Jira gives one answer for what was deleted and for what is hidden, so nobody is told that it was deleted.
void Reconciliation::Run::takeGone(const std::string& issueId) {
    note(_owner._inward.applyGone({_row.organisation, _jira.system, issueId}, Gone::Hidden, _hint));
    ++_row.report.checked;
    ++_row.report.gone;
}

void Reconciliation::Run::note(std::vector<Drift> drifts) {
    auto& report = _row.report;
    report.drifted += static_cast<std::int64_t>(drifts.size());
    for (Drift& drift : drifts)
        if (report.rows.size() < ReconciliationReport::listLimit)
            report.rows.push_back(std::move(drift));
}

void Reconciliation::Run::checkpoint() {
    if (_owner._isStopping || !_lease.extend(_parts.nowMs()))
        throw Interrupted{};
    _row.report.checked = std::min(_row.report.checked, _linkedCount);
    _row.report.progress = std::to_string(_row.report.checked) + " of " +
                           diagnosis::countText(_linkedCount, "ticket") + " compared.";
    _owner._store.save(_row);
}

void Reconciliation::Run::finish() {
    auto& report = _row.report;
    report.state = ReconciliationReport::State::Done;
    report.progress.clear();
    report.checked = _linkedCount;
    report.finishedAtMs = _parts.nowMs();
    _row.cursor.clear();
    _row.succeededAtMs = report.startedAtMs;
    _owner._store.save(_row);
    _parts.host.metrics.set("jira_reconciliation_drifted", static_cast<double>(report.drifted));
    _parts.host.log.info("Tickets were compared with Jira", {{"organisation", _row.organisation},
                                                             {"reason", report.reason},
                                                             {"checked", std::to_string(report.checked)},
                                                             {"drifted", std::to_string(report.drifted)},
                                                             {"requests", std::to_string(report.requests)}});
}

} // namespace jira_plugin::sync
