#include "orphans.hpp"

#include "trial/sample_finding.hpp"

#include <algorithm>

namespace jira_plugin::sync {
namespace {

/// The form of push::dedupeLabel.
bool isDedupeLabel(const std::string& label) {
    constexpr std::size_t digits = 20;
    const std::string beginning = "aspm-";
    return label.size() == beginning.size() + digits && label.compare(0, beginning.size(), beginning) == 0 &&
           label.find_first_not_of("0123456789abcdef", beginning.size()) == std::string::npos;
}

bool has(const std::vector<std::string>& labels, const std::string& label) {
    return std::find(labels.begin(), labels.end(), label) != labels.end();
}

} // namespace

Orphans::Orphans(UpkeepParts& parts, ReconciliationStore& store, std::string organisation, std::string system)
    : _parts(parts), _store(store), _organisation(std::move(organisation)),
      _formers(store.formers(_organisation, system)) {
    std::set<std::string> labels;
    const auto collect = [&](const std::string& project) {
        for (const std::string& label : _parts.mappings.fields(_organisation, project).labels)
            if (label.find('{') == std::string::npos && !label.empty())
                labels.insert(label);
    };
    collect("");
    for (const auto& mapping : _parts.mappings.projects(_organisation))
        collect(mapping.project);
    _labels.assign(labels.begin(), labels.end());
    for (const std::string& other : _parts.webhooks.organisations()) {
        const auto row = _parts.webhooks.load(other);
        if (other != _organisation && row && row->system == system)
            _neighbours.push_back(other);
    }
}

bool Orphans::isAnOthers(const std::string& label) {
    return std::any_of(_neighbours.begin(), _neighbours.end(), [&](const std::string& organisation) {
        return _store.labelled(organisation, label).has_value();
    });
}

std::variant<std::monostate, Orphans::Orphan, Orphans::Double> Orphans::judge(const jira::IssueState& issue,
                                                                              const JiraSide& jira) {
    if (has(issue.labels, trial::testLabel) || _formers.count(issue.id) != 0)
        return {};
    const auto marked = std::find_if(issue.labels.begin(), issue.labels.end(), isDedupeLabel);
    const bool isLabelled = marked != issue.labels.end() ||
                            std::any_of(_labels.begin(), _labels.end(),
                                        [&](const std::string& label) { return has(issue.labels, label); });
    if (!isLabelled)
        return {};
    const std::string url = jira.browseUrl(issue.key);
    if (marked != issue.labels.end()) {
        const auto known = _store.labelled(_organisation, *marked);
        if (known && (known->isUnderWay || known->issueKey == issue.key)) // it was linked just now
            return {};
        if (known && !known->issueKey.empty())
            return Double{known->finding, known->issueKey, issue.key, url};
        if (!known && isAnOthers(*marked))
            return {};
    }
    return Orphan{issue.key, url, issue.summary};
}

} // namespace jira_plugin::sync
