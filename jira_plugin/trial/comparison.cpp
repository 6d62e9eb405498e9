#include "comparison.hpp"

#include "field_text.hpp"
#include "jira/json.hpp"
#include "same_value.hpp"

#include <Poco/JSON/Array.h>

namespace jira_plugin::trial {
namespace {

using Poco::Dynamic::Var;
using Verdict = ComparedField::Verdict;

/// JSON as it stands in a field: also a bare string or number.
Var parsed(const std::string& text) {
    const auto wrapped = jira::json::parseArray("[" + text + "]");
    return wrapped && wrapped->size() == 1 ? wrapped->get(0) : Var();
}

} // namespace

const char* toString(Verdict verdict) {
    switch (verdict) {
    case Verdict::Same:
        return "same";
    case Verdict::Differs:
        return "differs";
    case Verdict::Missing:
        return "missing";
    }
    return "differs";
}

std::vector<ComparedField> compareFields(const std::vector<SentField>& sent,
                                         const std::map<std::string, std::string>& stored) {
    std::vector<ComparedField> compared;
    for (const SentField& field : sent) {
        const auto found = stored.find(field.id);
        const Var there = found == stored.end() ? Var() : parsed(found->second);
        const Var wanted = parsed(field.value);
        ComparedField each{field.id, field.name, field.text, fieldText(there), Verdict::Differs};
        if (sameValue(wanted, there))
            each.verdict = Verdict::Same;
        else if (isNothing(there))
            each.verdict = Verdict::Missing;
        compared.push_back(each);
    }
    return compared;
}

} // namespace jira_plugin::trial
