#pragma once

#include <map>
#include <string>
#include <vector>

namespace jira_plugin::trial {

/// A field of a ticket as it went out.
struct SentField {
    std::string id;
    std::string name;
    std::string value; ///< JSON
    std::string text;  ///< for a person
};

/// The same field beside what Jira has.
struct ComparedField {
    std::string id;
    std::string name;
    std::string sent;   ///< for a person
    std::string stored; ///< for a person; empty with "missing"
    enum class Verdict { Same, Differs, Missing };
    Verdict verdict = Verdict::Same;
};

const char* toString(ComparedField::Verdict verdict); ///< "same", "differs", "missing"

/// Field by field in the order of `sent`. stored: JSON by field id, as Jira gave it. Pure.
std::vector<ComparedField> compareFields(const std::vector<SentField>& sent,
                                         const std::map<std::string, std::string>& stored);

} // namespace jira_plugin::trial
