#include "labels.hpp"

#include "text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace jira_plugin::mapping {
namespace {

constexpr std::array<const char*, 5> placeholders{"severity", "scanner", "project", "rule", "cwe"};

/// The place of a placeholder in a template: text[begin] is '{', text[end - 1] is '}'.
struct Hole {
    std::size_t begin;
    std::size_t end;
    std::string name;
};

std::optional<Hole> nextHole(const std::string& text, std::size_t from) {
    const auto begin = text.find('{', from);
    if (begin == std::string::npos)
        return std::nullopt;
    const auto close = text.find('}', begin);
    if (close == std::string::npos)
        return std::nullopt;
    return Hole{begin, close + 1, text.substr(begin + 1, close - begin - 1)};
}

std::vector<std::string> splitCwes(const std::string& list) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= list.size();) {
        const auto comma = std::min(list.find(',', at), list.size());
        if (std::string part = oneLine(list.substr(at, comma - at)); !part.empty())
            out.push_back(std::move(part));
        at = comma + 1;
    }
    return out;
}

std::vector<std::string> valuesOf(const std::string& name, const host::Finding& finding) {
    if (name == "cwe")
        return splitCwes(finding.cwe);
    std::string value;
    if (name == "severity")
        value = host::toString(finding.severity);
    else if (name == "scanner")
        value = finding.scanner;
    else if (name == "project")
        value = finding.projectKey;
    else if (name == "rule")
        value = finding.ruleId;
    value = oneLine(value);
    return value.empty() ? std::vector<std::string>{} : std::vector<std::string>{value};
}

/// Every way to fill the template. Values are put in once and never read as templates themselves.
std::vector<std::string> fill(const std::string& text, const host::Finding& finding) {
    std::vector<std::string> filled{""};
    std::size_t at = 0;
    while (const auto hole = nextHole(text, at)) {
        const auto values = valuesOf(hole->name, finding);
        std::vector<std::string> longer;
        for (const auto& start : filled)
            for (const auto& value : values)
                if (longer.size() < maxLabels)
                    longer.push_back(start + text.substr(at, hole->begin - at) + value);
        filled = std::move(longer);
        at = hole->end;
    }
    for (auto& label : filled)
        label += text.substr(at);
    return filled;
}

} // namespace

std::string cleanLabel(const std::string& text) {
    std::string label = oneLine(text); // leaves blanks as the only white space
    std::replace(label.begin(), label.end(), ' ', '-');
    return cutText(label, maxLabelUnits);
}

std::vector<std::string> makeLabels(const std::vector<std::string>& templates, const host::Finding& finding,
                                    const std::string& dedupeLabel) {
    std::vector<std::string> labels;
    std::set<std::string> seen{dedupeLabel};
    const auto add = [&](const std::string& text) {
        std::string label = cleanLabel(text);
        if (!label.empty() && labels.size() + 1 < maxLabels && seen.insert(label).second)
            labels.push_back(std::move(label));
    };
    for (const auto& text : templates)
        for (const auto& label : fill(text, finding))
            add(label);
    for (const auto& label : finding.labels)
        add(label);
    if (!dedupeLabel.empty())
        labels.push_back(dedupeLabel);
    return labels;
}

std::optional<std::string> problemOfTemplate(const std::string& text) {
    if (cleanLabel(text).empty())
        return "A label must not be empty.";
    if (utf16Length(text) > maxLabelUnits)
        return "A label has at most 255 characters.";
    for (std::size_t at = 0; at < text.size();) {
        const auto hole = nextHole(text, at);
        if (!hole)
            break;
        if (std::find(placeholders.begin(), placeholders.end(), hole->name) == placeholders.end())
            return "'{" + oneLine(hole->name) +
                   "}' is not a placeholder: use {severity}, {scanner}, {project}, {rule} or {cwe}.";
        at = hole->end;
    }
    return std::nullopt;
}

} // namespace jira_plugin::mapping
