#include "problems_json.hpp"

#include <Poco/JSON/Object.h>

namespace jira_plugin::settings {

using Poco::JSON::Array;
using Poco::JSON::Object;

Array::Ptr problemsJson(const std::vector<FieldProblem>& problems) {
    Array::Ptr json = new Array;
    for (const auto& problem : problems) {
        Object::Ptr each = new Object;
        each->set("field", problem.field);
        each->set("message", problem.message);
        each->set("remedy", problem.remedy);
        json->add(each);
    }
    return json;
}

} // namespace jira_plugin::settings
