#include "http/json.hpp"

#include <sstream>
#include <typeinfo>

#include <Poco/JSON/Parser.h>
#include <Poco/TextIterator.h>
#include <Poco/UTF8Encoding.h>

namespace jira_sim::json {

namespace {

constexpr std::size_t maxDepth = 256;

} // namespace

ObjectPtr object(std::initializer_list<Member> members) {
    ObjectPtr result = new Poco::JSON::Object(Poco::JSON_PRESERVE_KEY_ORDER);
    for (const Member& entry : members)
        result->set(entry.first, entry.second);
    return result;
}

ArrayPtr array(std::initializer_list<Value> items) {
    ArrayPtr result = new Poco::JSON::Array;
    for (const Value& item : items)
        result->add(item);
    return result;
}

Value parse(const std::string& text) {
    try {
        Poco::JSON::Parser parser;
        parser.setDepth(maxDepth);
        // Poco parses objects and arrays only, and stops reading behind the first: inside an array any value
        // is taken, and whatever follows it shows.
        const ArrayPtr wrapped = parser.parse("[" + text + "\n]").extract<ArrayPtr>();
        if (wrapped->size() == 1)
            return *wrapped->begin();
    } catch (const Poco::Exception& e) {
        throw ParseError(e.displayText());
    }
    throw ParseError("not exactly one JSON value");
}

std::string text(const Value& value) {
    std::ostringstream out;
    Poco::JSON::Stringifier::stringify(value, out);
    return out.str();
}

bool isObject(const Value& value) {
    return !value.isEmpty() && value.type() == typeid(ObjectPtr);
}
bool isArray(const Value& value) {
    return !value.isEmpty() && value.type() == typeid(ArrayPtr);
}
bool isString(const Value& value) {
    return value.isString();
}
bool isBool(const Value& value) {
    return value.isBoolean();
}
bool isInteger(const Value& value) {
    return value.isInteger() && !value.isBoolean();
}
bool isNumber(const Value& value) {
    return value.isNumeric() && !value.isBoolean() && !value.isString();
}

ObjectPtr asObject(const Value& value) {
    return isObject(value) ? value.extract<ObjectPtr>() : ObjectPtr();
}
ArrayPtr asArray(const Value& value) {
    return isArray(value) ? value.extract<ArrayPtr>() : ArrayPtr();
}

std::optional<std::string> asString(const Value& value) {
    if (!isString(value))
        return std::nullopt;
    return value.convert<std::string>();
}

Value member(const ObjectPtr& object, const std::string& name) {
    return object.isNull() ? Value() : object->get(name);
}

std::string memberString(const ObjectPtr& object, const std::string& name, const std::string& fallback) {
    return asString(member(object, name)).value_or(fallback);
}

bool isUtf8(std::string_view text) {
    const auto* at = reinterpret_cast<const unsigned char*>(text.data());
    const auto* end = at + text.size();
    while (at < end) {
        if (*at < 0x80) {
            ++at;
            continue;
        }
        const int length = *at >= 0xF0 ? 4 : *at >= 0xE0 ? 3 : 2;
        if (*at < 0xC2 || *at > 0xF4 || end - at < length || !Poco::UTF8Encoding::isLegal(at, length))
            return false;
        at += length;
    }
    return true;
}

std::size_t utf16Length(std::string_view utf8) {
    std::size_t units = 0;
    for (const char byte : utf8) {
        const auto c = static_cast<unsigned char>(byte);
        if ((c & 0xC0) != 0x80)
            units += c >= 0xF0 ? 2 : 1;
    }
    return units;
}

} // namespace jira_sim::json
