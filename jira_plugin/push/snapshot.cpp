#include "snapshot.hpp"

#include <charconv>
#include <stdexcept>
#include <string_view>
#include <type_traits>

namespace jira_plugin::push {
namespace {

// A list of "NAME SIZE:VALUE\n", where SIZE says how many bytes VALUE has, so that texts stand as they are:
// thousands are written by one push, and read again. What is empty is left out, and a name that a reader does
// not know is passed over.

/// Names each member once, for writing and for reading.
template <class Visitor, class FindingType> void visit(FindingType& finding, Visitor&& member) {
    member("organisation", finding.organisation);
    member("project", finding.project);
    member("projectKey", finding.projectKey);
    member("id", finding.id);
    member("title", finding.title);
    member("description", finding.description);
    member("scanner", finding.scanner);
    member("ruleId", finding.ruleId);
    member("ruleName", finding.ruleName);
    member("ruleHelp", finding.ruleHelp);
    member("ruleHelpUrl", finding.ruleHelpUrl);
    member("cwe", finding.cwe);
    member("filePath", finding.filePath);
    member("snippet", finding.snippet);
    member("url", finding.url);
    member("dueDate", finding.dueDate);
    member("line", finding.line);
    member("firstSeenMs", finding.firstSeenMs);
    member("revision", finding.revision);
    member("severity", finding.severity);
    member("status", finding.status);
    member("labels", finding.labels);
}

struct Writer {
    std::string& out;

    void operator()(const char* name, const std::string& value) const {
        if (!value.empty())
            add(name, value);
    }
    void operator()(const char* name, const std::vector<std::string>& values) const {
        for (const std::string& value : values)
            add(name, value);
    }
    template <class Number> void operator()(const char* name, Number value) const {
        add(name, std::to_string(static_cast<std::int64_t>(value)));
    }
    void add(const char* name, const std::string& value) const {
        out.append(name).append(" ").append(std::to_string(value.size())).append(":").append(value);
        out += '\n';
    }
};

/// Takes one member into the finding.
struct Reader {
    std::string_view wanted;
    std::string_view text;

    void operator()(std::string_view name, std::string& value) const {
        if (name == wanted)
            value = text;
    }
    void operator()(std::string_view name, std::vector<std::string>& values) const {
        if (name == wanted)
            values.emplace_back(text);
    }
    template <class Number> void operator()(std::string_view name, Number& value) const {
        if (name == wanted)
            value = static_cast<Number>(numberIn(text));
    }

    static std::int64_t numberIn(std::string_view text) {
        std::int64_t number = 0;
        const char* const end = text.data() + text.size();
        const auto [stop, error] = std::from_chars(text.data(), end, number);
        if (text.empty() || error != std::errc() || stop != end)
            throw std::runtime_error("The stored copy of the finding is not readable: '" +
                                     std::string(text.substr(0, 40)) + "' is no number.");
        return number;
    }
};

/// Takes the first member off the rest.
Reader next(std::string_view& rest) {
    const auto blank = rest.find(' ');
    const auto colon = rest.find(':', blank);
    if (blank == std::string_view::npos || colon == std::string_view::npos)
        throw std::runtime_error("The stored copy of the finding is not readable: it has no members.");
    const auto size = static_cast<std::uint64_t>(Reader::numberIn(rest.substr(blank + 1, colon - blank - 1)));
    const std::string_view value = rest.substr(colon + 1);
    if (size >= value.size() || value[size] != '\n')
        throw std::runtime_error("The stored copy of the finding is not readable: it was cut.");
    const Reader member{rest.substr(0, blank), value.substr(0, size)};
    rest = value.substr(size + 1);
    return member;
}

} // namespace

std::string encodeSnapshot(const host::Finding& finding) {
    std::string snapshot;
    snapshot.reserve(512 + finding.description.size() + finding.ruleHelp.size() + finding.snippet.size());
    visit(finding, Writer{snapshot});
    return snapshot;
}

host::Finding decodeSnapshot(const std::string& snapshot) {
    host::Finding finding;
    std::string_view rest = snapshot;
    do {
        visit(finding, next(rest));
    } while (!rest.empty());
    return finding;
}

} // namespace jira_plugin::push
