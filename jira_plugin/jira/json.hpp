#pragma once

#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <cstdint>
#include <string>

/// Reading of JSON that others wrote: what is missing or of another type reads as empty, never as an error.
namespace jira_plugin::jira::json {

/// Nothing (an empty Var) when the text is not JSON or nests too deep.
Poco::Dynamic::Var parse(const std::string& text);
/// The same, null when it is not an object (array).
Poco::JSON::Object::Ptr parseObject(const std::string& text);
Poco::JSON::Array::Ptr parseArray(const std::string& text);

/// A string, or a number written as one; ids come as both.
std::string text(const Poco::JSON::Object::Ptr& object, const std::string& name);
std::int64_t number(const Poco::JSON::Object::Ptr& object, const std::string& name, std::int64_t standard);
bool flag(const Poco::JSON::Object::Ptr& object, const std::string& name, bool standard = false);
Poco::JSON::Object::Ptr object(const Poco::JSON::Object::Ptr& object, const std::string& name);
Poco::JSON::Array::Ptr array(const Poco::JSON::Object::Ptr& object, const std::string& name);
/// null when the element is not an object
Poco::JSON::Object::Ptr objectAt(const Poco::JSON::Array::Ptr& array, std::size_t index);
std::string textOf(const Poco::Dynamic::Var& value);

std::string write(const Poco::Dynamic::Var& value);

} // namespace jira_plugin::jira::json
