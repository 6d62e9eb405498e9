#include "reconciliation_run.hpp"

#include "connection/encoding.hpp"
#include "diagnosis/check.hpp"

#include <algorithm>

namespace jira_plugin::sync {
namespace {

constexpr std::int64_t portion = 100;
// Cloud's index lags behind writes, and clocks differ.
constexpr std::int64_t overlapMs = 10LL * 60 * 1000;
// Strangers are looked for at most for about as many requests again as the linked issues cost.
constexpr std::int64_t freePages = 5;

template <class Each> std::vector<std::string> idsOf(const std::vector<Each>& issues) {
    std::vector<std::string> ids;
    ids.reserve(issues.size());
    for (const auto& issue : issues)
        ids.push_back(issue.id);
    return ids;
}

template <class Each> const Each* find(const std::vector<Each>& issues, const std::string& id) {
    const auto it =
        std::find_if(issues.begin(), issues.end(), [&](const auto& each) { return each.id == id; });
    return it == issues.end() ? nullptr : &*it;
}

} // namespace

Reconciliation::Run::Run(Reconciliation& owner, ReconciliationRow row, JobLeases::Lease& lease)
    : _owner(owner), _parts(owner._parts), _row(std::move(row)), _lease(lease),
      _jira(_parts.jira(_row.organisation)), _known(_parts.database),
      _orphans(_parts, owner._store, _row.organisation, _jira.system),
      _projects(_parts.jiraProjects(_row.organisation, _jira.system)),
      _linkedCount(owner._store.countLinked(_row.organisation, _jira.system)) {
    if (_row.system != _jira.system) { // another Jira: nothing of the last run holds
        ReconciliationReport report;
        report.reason = _row.report.reason;
        report.by = _row.report.by;
        report.startedAtMs = _row.report.startedAtMs;
        _row = {_row.organisation, _jira.system, "", {}, 0, report};
    }
    for (auto& id : owner._store.orphans(_row.organisation, _jira.system))
        _knownOrphans.insert(std::move(id));
    _hint.source = _row.report.reason == "repair" ? Hint::Source::Repair : Hint::Source::Reconciliation;
}

void Reconciliation::Run::go() {
    try {
        compareAll();
    } catch (...) { // what was done is not done again, so it is noted now or never
        save();
        throw;
    }
}

void Reconciliation::Run::compareAll() {
    _row.report.sinceMs =
        _row.succeededAtMs > 0 ? std::max<std::int64_t>(_row.succeededAtMs - overlapMs, 1) : 0;
    // All that are known are looked at again, also when an interrupted run goes on.
    _row.report.orphanCount = _row.report.doubleCount = 0;
    _row.report.orphans.clear();
    _row.report.doubles.clear();
    checkpoint();
    if (_row.cursor.empty()) // else the searches came to their end before, and what they found is stored
        searchStrangers();
    fetchLinked();
    lookAtOrphansAgain();
    takeComments(1);
    finish();
}

void Reconciliation::Run::searchStrangers() {
    if (_row.report.sinceMs > 0)
        searchChanged();
    else
        searchLabelled();
}

void Reconciliation::Run::searchChanged() {
    if (_projects.empty())
        return;
    std::string after;
    for (std::int64_t pages = 0; pages == 0 || !after.empty(); ++pages) {
        if (pages > _linkedCount / portion + freePages)
            return searchLabelled(); // so much happened that there are fewer with our labels
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
    for (;;) {
        takeComments(portion);
        const auto page = _owner._store.linkedIssues(_row.organisation, _jira.system, _row.cursor, portion);
        if (page.empty())
            return;
        ++_row.report.requests;
        const auto fetched = _jira.states->fetch(idsOf(page));
        for (const auto& link : page) {
            giveWay();
            if (const auto* now = find(fetched.issues, link.id))
                takeLinked(link, *now);
            else if (std::find(fetched.missing.begin(), fetched.missing.end(), link.id) !=
                     fetched.missing.end())
                takeGone(link.id);
            _row.cursor = link.id;
        }
        checkpoint();
    }
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
        takeOrphans(fetched.issues);
        checkpoint();
    }
}

/// What a search says of linked tickets may be old, as its index lags: they are read themselves.
void Reconciliation::Run::takeFound(const std::vector<jira::IssueState>& issues) {
    const auto linked = _owner._store.linked(_row.organisation, _jira.system, idsOf(issues));
    for (const auto& issue : issues) {
        giveWay();
        if (find(linked, issue.id) == nullptr)
            takeUnlinked(issue);
    }
}

void Reconciliation::Run::takeOrphans(const std::vector<jira::IssueState>& issues) {
    const auto linked = _owner._store.linked(_row.organisation, _jira.system, idsOf(issues));
    for (const auto& issue : issues) {
        giveWay();
        if (const auto* link = find(linked, issue.id))
            takeLinked(*link, issue);
        else
            takeUnlinked(issue);
    }
}

void Reconciliation::Run::takeLinked(const LinkedIssue& linked, const jira::IssueState& now) {
    const bool isChanged = compare(linked, now);
    ++_row.report.checked;
    if (isChanged) {
        ++_row.report.changed;
        _row.unread.push_back(now.id);
    }
    forgetOrphan(now.id);
}

bool Reconciliation::Run::compare(const LinkedIssue& linked, const jira::IssueState& now) {
    const std::int64_t sinceMs = _row.report.sinceMs;
    // What was linked since may have been talked about before: a ticket whose answer was lost is linked
    // later.
    const bool isChanged = now.updatedMs >= sinceMs || linked.linkedAtMs >= sinceMs;
    const IssueId id{_row.organisation, _jira.system, now.id};
    auto drifts = _owner._inward.apply(id, now, _hint);
    const bool isMissed = !drifts.empty();
    note(std::move(drifts));
    if (isMissed)
        _owner._health.missed(_row.organisation, now.key, now.updatedMs);
    for (const auto& findingId : linked.findings)
        if (const auto finding = _parts.host.findings.get(_row.organisation, findingId))
            note(_owner._outward.align(*finding, id, now));
    return isChanged;
}

bool Reconciliation::Run::showsComments(const LinkedIssue& issue) {
    const IssueId id{_row.organisation, _jira.system, issue.id};
    return std::any_of(issue.findings.begin(), issue.findings.end(), [&](const std::string& finding) {
        return !_known.shownComments(id, finding).empty();
    });
}

/// By portions, while at least so many are unread.
void Reconciliation::Run::takeComments(std::int64_t least) {
    auto& unread = _row.unread;
    while (static_cast<std::int64_t>(unread.size()) >= least) {
        const auto count = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(unread.size()), portion);
        takeCommentsOf({unread.begin(), unread.begin() + count});
        checkpoint();
    }
}

/// Most changes are none of the comments: what Jira tells of all of them at once says of whose to read.
void Reconciliation::Run::takeCommentsOf(const std::vector<std::string>& ids) {
    ++_row.report.requests;
    const auto marks = _jira.states->commentMarks(ids);
    const auto known = _owner._store.commentMarks(_row.organisation, _jira.system, ids);
    const auto linked = _owner._store.linked(_row.organisation, _jira.system, ids);
    for (const auto& id : ids) {
        giveWay();
        const auto mark = marks.find(id);
        const auto before = known.find(id);
        if (const auto* link = find(linked, id)) // else it was unlinked meanwhile
            takeCommentsOf(*link, mark == marks.end() ? "" : mark->second,
                           before == known.end() ? "" : before->second);
        _row.unread.erase(_row.unread.begin());
    }
}

/// mark: empty where it is not known. before: the digest of the last one, empty where there was none.
void Reconciliation::Run::takeCommentsOf(const LinkedIssue& issue, const std::string& mark,
                                         const std::string& before) {
    const std::string digest = mark.empty() ? std::string() : connection::sha256Hex(mark);
    const bool isSame = !digest.empty() && before == digest;
    const bool hasNone = mark == "0" && before.empty();
    if (isSame || (hasNone && !showsComments(issue)))
        return;
    ++_row.report.requests;
    note(_owner._inward.applyComments({_row.organisation, _jira.system, issue.id}, _hint));
    if (!digest.empty())
        _owner._store.saveCommentMark(_row.organisation, _jira.system, issue.id, digest);
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

void Reconciliation::Run::giveWay() {
    if (_owner._isStopping)
        throw Interrupted{};
}

void Reconciliation::Run::checkpoint() {
    if (!save())
        throw Interrupted{};
    giveWay();
}

/// Not where another one has taken over.
bool Reconciliation::Run::save() {
    if (!_lease.extend(_parts.nowMs()))
        return false;
    if (_row.report.state == ReconciliationReport::State::Running)
        _row.report.progress = std::to_string(_row.report.checked) + " of " +
                               diagnosis::countText(std::max(_row.report.checked, _linkedCount), "ticket") +
                               " compared.";
    _owner._store.save(_row);
    return true;
}

void Reconciliation::Run::finish() {
    auto& report = _row.report;
    report.state = ReconciliationReport::State::Done;
    report.progress.clear();
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
