#include "jql.hpp"

namespace jira_plugin::jira {

std::string jqlString(const std::string& value) {
    std::string quoted = "\"";
    for (const char c : value) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            quoted += ' '; // no field value of Jira's contains one, and JQL has no agreed way to write it
            continue;
        }
        if (c == '\\' || c == '"') {
            quoted += '\\';
        }
        quoted += c;
    }
    return quoted + "\"";
}

std::string jqlForLabels(const std::vector<std::string>& labels) {
    std::string list;
    for (const auto& label : labels) {
        list += (list.empty() ? "" : ", ") + jqlString(label);
    }
    return "labels in (" + list + ")";
}

} // namespace jira_plugin::jira
