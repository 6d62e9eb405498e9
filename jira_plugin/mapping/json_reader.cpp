#include "json_reader.hpp"

#include "text.hpp"

#include <Poco/Exception.h>
#include <Poco/JSON/Parser.h>
#include <Poco/JSON/Stringifier.h>

#include <sstream>

namespace jira_plugin::mapping {

using Poco::Dynamic::Var;
using Poco::JSON::Array;
using Poco::JSON::Object;

Var parseJson(const std::string& text, std::size_t maxDepth) {
    try {
        Poco::JSON::Parser parser;
        parser.setDepth(maxDepth + 1);
        // Poco's parser wants an object or array on the outside; JSON may be a bare string or number.
        const auto wrapped = parser.parse("[" + text + "]").extract<Array::Ptr>();
        if (wrapped->size() == 1)
            return wrapped->get(0);
        throw SettingsProblem("", "The text must be one JSON value.");
    } catch (const Poco::Exception& e) {
        throw SettingsProblem("", "The text is not valid JSON (or nested more than " +
                                      std::to_string(maxDepth) +
                                      " levels deep): " + cutText(oneLine(e.message()), 200) + ".");
    }
}

Object::Ptr parseJsonObject(const std::string& text) {
    const Var value = parseJson(text);
    if (value.type() != typeid(Object::Ptr))
        throw SettingsProblem("", "The text must be a JSON object, as in {\"name\": \"value\"}.");
    return value.extract<Object::Ptr>();
}

std::string jsonText(const Var& value) {
    std::ostringstream out;
    Poco::JSON::Stringifier::stringify(value, out);
    return out.str();
}

JsonReader::JsonReader(Object::Ptr object, std::string path)
    : _object(std::move(object)), _path(std::move(path)) {}

std::string JsonReader::pathOf(const std::string& name) const {
    return _path.empty() ? name : _path + "." + name;
}

void JsonReader::refuse(const std::string& name, const std::string& message) const {
    throw SettingsProblem(pathOf(name), "'" + pathOf(name) + "' " + message);
}

bool JsonReader::has(const std::string& name) {
    _known.insert(name);
    return _object->has(name);
}

bool JsonReader::isNull(const std::string& name) {
    return has(name) && _object->get(name).isEmpty();
}

Var JsonReader::present(const std::string& name) {
    return has(name) ? _object->get(name) : Var();
}

Var JsonReader::any(const std::string& name) {
    return present(name);
}

std::optional<std::string> JsonReader::string(const std::string& name, std::size_t maxUnits) {
    const Var value = present(name);
    if (value.isEmpty())
        return std::nullopt;
    if (!value.isString())
        refuse(name, "must be a string.");
    const auto& text = value.extract<std::string>();
    if (utf16Length(text) > maxUnits)
        refuse(name, "must have at most " + std::to_string(maxUnits) + " characters.");
    if (cleanText(text) != text)
        refuse(name, "holds control characters or is not valid UTF-8.");
    return text;
}

std::optional<std::int64_t> JsonReader::integer(const std::string& name, std::int64_t least,
                                                std::int64_t most) {
    const Var value = present(name);
    if (value.isEmpty())
        return std::nullopt;
    const std::string range =
        "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".";
    if (!value.isInteger() || value.isBoolean())
        refuse(name, range);
    std::int64_t number = 0;
    try {
        number = value.convert<std::int64_t>();
    } catch (const Poco::Exception&) {
        refuse(name, range);
    }
    if (number < least || number > most)
        refuse(name, range);
    return number;
}

std::optional<bool> JsonReader::boolean(const std::string& name) {
    const Var value = present(name);
    if (value.isEmpty())
        return std::nullopt;
    if (!value.isBoolean())
        refuse(name, "must be true or false.");
    return value.extract<bool>();
}

Object::Ptr JsonReader::object(const std::string& name) {
    const Var value = present(name);
    if (value.isEmpty())
        return {};
    if (value.type() != typeid(Object::Ptr))
        refuse(name, "must be an object.");
    return value.extract<Object::Ptr>();
}

Array::Ptr JsonReader::array(const std::string& name) {
    const Var value = present(name);
    if (value.isEmpty())
        return {};
    if (value.type() != typeid(Array::Ptr))
        refuse(name, "must be an array.");
    return value.extract<Array::Ptr>();
}

void JsonReader::finish() const {
    for (const auto& name : _object->getNames()) {
        if (_known.count(name) != 0)
            continue;
        std::string known;
        for (const auto& each : _known)
            known += (known.empty() ? "" : ", ") + each;
        const std::string shown = cutText(oneLine(pathOf(name)), 80);
        throw SettingsProblem(shown, "'" + shown + "' is not known here" +
                                         (known.empty() ? "." : ": known are " + known + "."));
    }
}

} // namespace jira_plugin::mapping
