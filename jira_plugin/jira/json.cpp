#include "json.hpp"

#include <sstream>

#include <Poco/JSON/Parser.h>
#include <Poco/JSON/Stringifier.h>

namespace jira_plugin::jira::json {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

namespace {

constexpr std::size_t maxDepth = 64;

template <class T> T as(const Var& value) {
    return value.type() == typeid(T) ? value.extract<T>() : T();
}

} // namespace

Var parse(const std::string& text) {
    try {
        Poco::JSON::Parser parser;
        parser.setDepth(maxDepth);
        return parser.parse(text);
    } catch (const Poco::Exception&) {
        return {};
    }
}

Object::Ptr parseObject(const std::string& text) {
    return as<Object::Ptr>(parse(text));
}

Array::Ptr parseArray(const std::string& text) {
    return as<Array::Ptr>(parse(text));
}

std::string textOf(const Var& value) {
    if (value.isString() || value.isNumeric()) {
        return value.convert<std::string>();
    }
    return {};
}

std::string text(const Object::Ptr& object, const std::string& name) {
    return object ? textOf(object->get(name)) : std::string();
}

std::int64_t number(const Object::Ptr& object, const std::string& name, std::int64_t standard) {
    try {
        const Var value = object ? object->get(name) : Var();
        return value.isNumeric() || value.isString() ? value.convert<Poco::Int64>() : standard;
    } catch (const Poco::Exception&) {
        return standard;
    }
}

bool flag(const Object::Ptr& object, const std::string& name, bool standard) {
    const Var value = object ? object->get(name) : Var();
    return value.isBoolean() ? value.convert<bool>() : standard;
}

Object::Ptr object(const Object::Ptr& object, const std::string& name) {
    return object ? as<Object::Ptr>(object->get(name)) : Object::Ptr();
}

Array::Ptr array(const Object::Ptr& object, const std::string& name) {
    return object ? as<Array::Ptr>(object->get(name)) : Array::Ptr();
}

Object::Ptr objectAt(const Array::Ptr& array, std::size_t index) {
    return array && index < array->size() ? as<Object::Ptr>(array->get(static_cast<unsigned>(index)))
                                          : Object::Ptr();
}

std::string write(const Var& value) {
    std::ostringstream out;
    Poco::JSON::Stringifier::stringify(value, out);
    return out.str();
}

} // namespace jira_plugin::jira::json
