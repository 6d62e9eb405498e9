#include "cwe.hpp"

#include "message_text.hpp"

#include <algorithm>
#include <cctype>

namespace aspm::host::sarif {

namespace {

bool startsWithIgnoringCase(const std::string& text, const std::string& prefix) {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

/// The number at `start` without leading zeros; empty if there is none or too long a one.
std::string numberAt(const std::string& text, std::size_t start) {
    std::size_t end = start;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])))
        ++end;
    while (start < end && text[start] == '0')
        ++start;
    return end - start > 6 ? std::string() : text.substr(start, end - start);
}

void addCwe(std::vector<std::string>& cwe, const std::string& found) {
    if (!found.empty())
        addUnique(cwe, found);
}

} // namespace

void addUnique(std::vector<std::string>& list, const std::string& text) {
    if (list.size() < 100 && std::find(list.begin(), list.end(), text) == list.end())
        list.push_back(text);
}

std::string cweOf(const std::string& text) {
    for (const char* prefix : {"external/cwe/cwe-", "cwe-", "cwe:", "cwe_"}) {
        if (!startsWithIgnoringCase(text, prefix))
            continue;
        const std::string number = numberAt(text, std::string(prefix).size());
        if (!number.empty())
            return "CWE-" + number;
    }
    return {};
}

TaxonReference readTaxonReference(const JsonView& reference) {
    const JsonView component = reference.member("toolComponent");
    return {reference.member("id").text(), reference.member("index").integer(-1),
            component.member("name").text(), component.member("index").integer(-1)};
}

Taxonomies::Taxonomies(const JsonView& taxonomies) {
    for (std::size_t i = 0; i < taxonomies.size(); ++i) {
        Taxonomy taxonomy;
        taxonomy.name = taxonomies.at(i).member("name").text();
        const JsonView taxa = taxonomies.at(i).member("taxa");
        for (std::size_t t = 0; t < taxa.size(); ++t)
            taxonomy.ids.push_back(taxa.at(t).member("id").text());
        _taxonomies.push_back(std::move(taxonomy));
    }
}

std::string Taxonomies::cweOf(const TaxonReference& reference) const {
    std::string name = reference.taxonomyName;
    std::string id = reference.id;
    if (reference.taxonomyIndex >= 0 &&
        static_cast<std::size_t>(reference.taxonomyIndex) < _taxonomies.size()) {
        const Taxonomy& taxonomy = _taxonomies[static_cast<std::size_t>(reference.taxonomyIndex)];
        if (name.empty())
            name = taxonomy.name;
        if (id.empty() && reference.index >= 0 &&
            static_cast<std::size_t>(reference.index) < taxonomy.ids.size())
            id = taxonomy.ids[static_cast<std::size_t>(reference.index)];
    }
    const std::string found = sarif::cweOf(id);
    if (!found.empty() || !startsWithIgnoringCase(name, "cwe"))
        return found;
    const std::string number = numberAt(id, 0);
    return number.empty() ? std::string() : "CWE-" + number;
}

void readTags(const JsonView& properties, std::vector<std::string>& tags, std::vector<std::string>& cwe) {
    const JsonView list = properties.member("tags");
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string tag = collapseSpace(cleanText(list.at(i).text()));
        if (!tag.empty())
            addUnique(tags, tag);
        addCwe(cwe, cweOf(tag));
    }
    const JsonView member = properties.member("cwe");
    if (member.isString())
        addCwe(cwe, cweOf(member.text()));
    for (std::size_t i = 0; member.isArray() && i < member.size(); ++i)
        if (member.at(i).isString())
            addCwe(cwe, cweOf(member.at(i).text()));
}

} // namespace aspm::host::sarif
