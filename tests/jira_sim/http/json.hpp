#pragma once

#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

/// Small helpers over Poco::JSON, so that handlers read like the documents they answer with.
namespace jira_sim::json {

using Value = Poco::Dynamic::Var;
using ObjectPtr = Poco::JSON::Object::Ptr;
using ArrayPtr = Poco::JSON::Array::Ptr;
using Member = std::pair<const char*, Value>;

struct ParseError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// An object that keeps the order of its members.
ObjectPtr object(std::initializer_list<Member> members = {});
ArrayPtr array(std::initializer_list<Value> items = {});

/// Parses one JSON text; nesting is bounded. Throws ParseError.
Value parse(const std::string& text);
/// Compact text of any value.
std::string text(const Value& value);

bool isObject(const Value& value);
bool isArray(const Value& value);
bool isString(const Value& value);
bool isBool(const Value& value);
bool isInteger(const Value& value);
/// Integer or floating point, never bool.
bool isNumber(const Value& value);

/// The object, array or string behind a value, or nothing when it is something else.
ObjectPtr asObject(const Value& value);
ArrayPtr asArray(const Value& value);
std::optional<std::string> asString(const Value& value);

/// A member's value; an empty Value when there is none (or no object).
Value member(const ObjectPtr& object, const std::string& name);
std::string memberString(const ObjectPtr& object, const std::string& name, const std::string& fallback = {});

bool isUtf8(std::string_view text);
/// Length as Java counts it, which is how Jira's limits are meant.
std::size_t utf16Length(std::string_view utf8);

} // namespace jira_sim::json
