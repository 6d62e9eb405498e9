#include "aspm_host/sarif.hpp"

#include "fingerprint.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

namespace aspm::host::sarif {

namespace {

using Indexes = std::vector<std::size_t>;

/// Findings that share a fingerprint base: one flaw, or the same flaw in several places.
struct Group {
    Indexes known;
    Indexes imported;
};

/// Matches the members of groups and removes what it has matched.
class Matcher {
public:
    Matcher(const std::vector<KnownFinding>& known, const Report& report, MergePlan& plan)
        : _known(known), _findings(report.findings), _plan(plan) {}

    /// Present ones before those that were gone, and the same place before the same file before anywhere, so
    /// that of three equal lines the one that was fixed is the one reported as no longer found.
    void match(Group& group) {
        for (const bool present : {true, false})
            for (const Likeness likeness : {Likeness::Place, Likeness::File, Likeness::Any})
                if (!group.known.empty() && !group.imported.empty())
                    matchBy(group, present, likeness);
    }

private:
    enum class Likeness { Place, File, Any };

    static std::string keyOf(const std::string& path, int line, Likeness likeness) {
        if (likeness == Likeness::Any)
            return {};
        return likeness == Likeness::File ? path : path + ":" + std::to_string(line);
    }

    void matchBy(Group& group, bool present, Likeness likeness) {
        std::unordered_map<std::string, std::deque<std::size_t>> candidates;
        for (const std::size_t k : group.known)
            if (_known[k].present == present)
                candidates[keyOf(_known[k].filePath, _known[k].line, likeness)].push_back(k);
        std::set<std::size_t> taken;
        Indexes unmatched;
        for (const std::size_t i : group.imported) {
            auto& queue = candidates[keyOf(_findings[i].filePath, _findings[i].line, likeness)];
            if (queue.empty()) {
                unmatched.push_back(i);
                continue;
            }
            (present ? _plan.seenAgain : _plan.reopened).push_back({queue.front(), i});
            taken.insert(queue.front());
            queue.pop_front();
        }
        group.imported.swap(unmatched);
        group.known.erase(std::remove_if(group.known.begin(), group.known.end(),
                                         [&](std::size_t k) { return taken.count(k) > 0; }),
                          group.known.end());
    }

    const std::vector<KnownFinding>& _known;
    const std::vector<ImportedFinding>& _findings;
    MergePlan& _plan;
};

/// Scanners whose every run in the report is complete: only theirs can be missed.
std::set<std::string> completeScanners(const Report& report) {
    std::set<std::string> complete;
    for (const ScannerRun& run : report.runs)
        complete.insert(run.scanner->key());
    for (const ScannerRun& run : report.runs)
        if (!run.complete)
            complete.erase(run.scanner->key());
    return complete;
}

/// By base; ordered, so that the same input always gives the same plan.
std::map<std::string, Group> groupByBase(const std::vector<KnownFinding>& known, const Report& report) {
    std::map<std::string, Group> groups;
    for (std::size_t i = 0; i < report.findings.size(); ++i)
        groups[baseOf(report.findings[i].fingerprint)].imported.push_back(i);
    for (std::size_t k = 0; k < known.size(); ++k)
        groups[baseOf(known[k].fingerprint)].known.push_back(k);
    return groups;
}

} // namespace

MergePlan planMerge(const std::vector<KnownFinding>& known, Report& report) {
    MergePlan plan;
    const std::set<std::string> complete = completeScanners(report);
    Matcher matcher(known, report, plan);
    for (auto& [base, group] : groupByBase(known, report)) {
        std::size_t highest = 0;
        for (const std::size_t k : group.known)
            highest = std::max(highest, occurrenceOf(known[k].fingerprint));
        matcher.match(group);
        for (const std::size_t i : group.imported) {
            report.findings[i].fingerprint = numbered(base, ++highest);
            plan.created.push_back(i);
        }
        for (const std::size_t k : group.known)
            if (known[k].present && complete.count(known[k].scannerKey) > 0)
                plan.noLongerFound.push_back(k);
    }
    for (const std::vector<MergePlan::Match>* matches : {&plan.seenAgain, &plan.reopened})
        for (const MergePlan::Match& match : *matches)
            report.findings[match.imported].fingerprint = known[match.known].fingerprint;

    const auto byImported = [](const MergePlan::Match& a, const MergePlan::Match& b) {
        return a.imported < b.imported;
    };
    std::sort(plan.created.begin(), plan.created.end());
    std::sort(plan.seenAgain.begin(), plan.seenAgain.end(), byImported);
    std::sort(plan.reopened.begin(), plan.reopened.end(), byImported);
    std::sort(plan.noLongerFound.begin(), plan.noLongerFound.end());
    return plan;
}

} // namespace aspm::host::sarif
