#include "same_value.hpp"

#include "adf_meaning.hpp"
#include "jira/json.hpp"
#include "mapping/text.hpp"

#include <Poco/DateTime.h>
#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>

#include <algorithm>
#include <vector>

namespace jira_plugin::trial {
namespace {

namespace json = jira::json;
using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

Object::Ptr asObject(const Var& value) {
    return value.type() == typeid(Object::Ptr) ? value.extract<Object::Ptr>() : Object::Ptr();
}

Array::Ptr asArray(const Var& value) {
    return value.type() == typeid(Array::Ptr) ? value.extract<Array::Ptr>() : Array::Ptr();
}

bool sameMoment(const std::string& one, const std::string& other) {
    if (one.size() <= 10 || one.find('T') == std::string::npos)
        return false;
    Poco::DateTime first, second;
    int firstZone = 0, secondZone = 0;
    if (!Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::ISO8601_FRAC_FORMAT, one, first, firstZone) ||
        !Poco::DateTimeParser::tryParse(Poco::DateTimeFormat::ISO8601_FRAC_FORMAT, other, second, secondZone))
        return false;
    first.makeUTC(firstZone);
    second.makeUTC(secondZone);
    return first == second;
}

bool sameText(const std::string& sent, const std::string& stored) {
    return mapping::oneLine(sent) == mapping::oneLine(stored) || sameMoment(sent, stored);
}

/// What was sent names a thing by one of these; Jira answers with all it knows of that thing.
bool sameThing(const Object::Ptr& sent, const Object::Ptr& stored) {
    for (const char* identity : {"accountId", "groupId", "id", "key", "value", "name"}) {
        if (!sent->has(identity))
            continue;
        const auto child = json::object(sent, "child");
        return json::text(sent, identity) == json::text(stored, identity) &&
               (!child || sameValue(child, json::object(stored, "child")));
    }
    return std::all_of(sent->begin(), sent->end(), [&](const auto& member) {
        return sameValue(member.second, stored->get(member.first));
    });
}

bool sameMembers(const Array::Ptr& sent, const Array::Ptr& stored) {
    std::vector<Var> left(stored->begin(), stored->end());
    for (const Var& each : *sent) {
        const auto found =
            std::find_if(left.begin(), left.end(), [&](const Var& other) { return sameValue(each, other); });
        if (found == left.end())
            return false;
        left.erase(found);
    }
    return left.empty();
}

} // namespace

bool isNothing(const Var& value) {
    if (const auto list = asArray(value))
        return list->size() == 0;
    return value.isEmpty() || (value.isString() && value.extract<std::string>().empty());
}

bool sameValue(const Var& sent, const Var& stored) {
    if (isNothing(sent) || isNothing(stored))
        return isNothing(sent) && isNothing(stored);
    if (const auto list = asArray(sent))
        return asArray(stored) && sameMembers(list, asArray(stored));
    if (const auto object = asObject(sent)) {
        const auto other = asObject(stored);
        if (!other)
            return false;
        return isDocument(object) ? isDocument(other) && sameDocument(object, other)
                                  : sameThing(object, other);
    }
    if (asArray(stored) || asObject(stored))
        return false;
    if (sent.isBoolean() || stored.isBoolean())
        return sent.isBoolean() && stored.isBoolean() && sent.convert<bool>() == stored.convert<bool>();
    if (sent.isNumeric() && stored.isNumeric())
        return sent.convert<double>() == stored.convert<double>();
    return sameText(json::textOf(sent), json::textOf(stored));
}

} // namespace jira_plugin::trial
