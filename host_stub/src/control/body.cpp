#include "body.hpp"

#include <algorithm>

#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Parser.h>

#include "../boundary/text.hpp"
#include "../web/exchange.hpp"

namespace aspm::host {

namespace {

constexpr std::size_t mostDepth = 16;
const char* const seeReadme = "See \"Control API\" in host_stub/README.md.";

Poco::JSON::Object::Ptr parse(const std::string& text) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        return new Poco::JSON::Object;
    if (!isUtf8(text))
        throw HttpError(400, "The body is not UTF-8.", seeReadme);
    Poco::Dynamic::Var value;
    try {
        Poco::JSON::Parser parser;
        parser.setDepth(mostDepth);
        value = parser.parse(text);
    } catch (const Poco::Exception& e) {
        throw HttpError(400, "The body is not valid JSON: " + e.displayText() + ".", seeReadme);
    }
    if (value.type() != typeid(Poco::JSON::Object::Ptr))
        throw HttpError(400, "The body must be a JSON object.", seeReadme);
    return value.extract<Poco::JSON::Object::Ptr>();
}

std::string join(std::initializer_list<const char*> names) {
    std::string out;
    for (const char* name : names)
        out += (out.empty() ? "" : ", ") + std::string(name);
    return out.empty() ? "none" : out;
}

} // namespace

Body::Body(const std::string& text, std::initializer_list<const char*> known)
    : Body(parse(text), "", known) {}

Body::Body(Poco::JSON::Object::Ptr object, std::string path, std::initializer_list<const char*> known)
    : _object(std::move(object)), _path(std::move(path)) {
    checkMembers(known);
}

void Body::checkMembers(std::initializer_list<const char*> known) const {
    for (const auto& [name, value] : *_object)
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw HttpError(400, "There is no member \"" + _path + name + "\" in this request.",
                            "Known are: " + join(known) + ".");
}

void Body::refuse(const std::string& name, const std::string& what) const {
    throw HttpError(400, "\"" + _path + name + "\" " + what + ".", seeReadme);
}

std::string Body::textOf(const Poco::Dynamic::Var& value, const std::string& name) const {
    if (!value.isString())
        refuse(name, "must be a text");
    const auto& text = value.extract<std::string>();
    // The database would end the text there.
    if (text.find('\0') != std::string::npos)
        refuse(name, "must not hold the character U+0000");
    return text;
}

std::string Body::text(const std::string& name) const {
    if (!has(name))
        refuse(name, "is missing");
    std::string text = textOf(_object->get(name), name);
    if (text.empty())
        refuse(name, "must not be empty");
    return text;
}

std::string Body::text(const std::string& name, const std::string& otherwise) const {
    return has(name) ? textOf(_object->get(name), name) : otherwise;
}

std::int64_t Body::number(const std::string& name, std::int64_t otherwise, std::int64_t most) const {
    if (!has(name))
        return otherwise;
    auto value = _object->get(name);
    std::int64_t number = -1;
    try {
        if (value.isInteger() && !value.isBoolean())
            number = value.convert<Poco::Int64>();
    } catch (const Poco::Exception&) {
        number = -1; // too large for 64 bits
    }
    if (number < 0 || number > most)
        refuse(name, "must be a whole number from 0 to " + std::to_string(most));
    return number;
}

bool Body::truth(const std::string& name, bool otherwise) const {
    if (!has(name))
        return otherwise;
    auto value = _object->get(name);
    if (!value.isBoolean())
        refuse(name, "must be true or false");
    return value.convert<bool>();
}

std::vector<std::string> Body::texts(const std::string& name) const {
    std::vector<std::string> out;
    if (!has(name))
        return out;
    auto array = _object->getArray(name);
    if (!array)
        refuse(name, "must be a list of texts");
    for (std::size_t i = 0; i < array->size(); ++i)
        out.push_back(textOf(array->get(static_cast<unsigned>(i)), name + "[" + std::to_string(i) + "]"));
    return out;
}

std::vector<Body> Body::objects(const std::string& name, std::initializer_list<const char*> known) const {
    if (!has(name))
        refuse(name, "is missing");
    auto array = _object->getArray(name);
    if (!array)
        refuse(name, "must be a list of objects");
    std::vector<Body> out;
    out.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
        std::string element = name + "[" + std::to_string(i) + "]";
        auto object = array->getObject(static_cast<unsigned>(i));
        if (!object)
            refuse(element, "must be an object");
        out.push_back(Body(object, _path + element + ".", known));
    }
    return out;
}

} // namespace aspm::host
