#include "snapshot.hpp"

#include <sstream>
#include <stdexcept>

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

namespace jira_plugin::push {
namespace {

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
    member("line", finding.line);
    member("firstSeenMs", finding.firstSeenMs);
    member("revision", finding.revision);
}

struct Writer {
    Poco::JSON::Object& object;
    void operator()(const char* name, const std::string& value) const {
        if (!value.empty())
            object.set(name, value);
    }
    void operator()(const char* name, std::int64_t value) const { object.set(name, value); }
};

struct Reader {
    const Poco::JSON::Object& object;
    void operator()(const char* name, std::string& value) const {
        value = object.optValue(name, std::string());
    }
    void operator()(const char* name, std::int64_t& value) const {
        value = object.optValue<Poco::Int64>(name, 0);
    }
};

} // namespace

std::string encodeSnapshot(const host::Finding& finding) {
    Poco::JSON::Object object;
    visit(finding, Writer{object});
    object.set("severity", static_cast<int>(finding.severity));
    object.set("status", static_cast<int>(finding.status));
    Poco::JSON::Array labels;
    for (const std::string& label : finding.labels)
        labels.add(label);
    object.set("labels", labels);
    std::ostringstream text;
    object.stringify(text);
    return text.str();
}

host::Finding decodeSnapshot(const std::string& snapshot) {
    try {
        Poco::JSON::Parser parser;
        parser.setDepth(4);
        const auto object = parser.parse(snapshot).extract<Poco::JSON::Object::Ptr>();
        host::Finding finding;
        visit(finding, Reader{*object});
        finding.severity = static_cast<host::Severity>(object->optValue("severity", 0));
        finding.status = static_cast<host::FindingStatus>(object->optValue("status", 0));
        if (const auto labels = object->getArray("labels"))
            for (const auto& label : *labels)
                finding.labels.push_back(label.convert<std::string>());
        return finding;
    } catch (const Poco::Exception& problem) {
        throw std::runtime_error("The stored copy of the finding is not readable: " + problem.displayText() +
                                 ".");
    }
}

} // namespace jira_plugin::push
