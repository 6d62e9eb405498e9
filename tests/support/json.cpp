#include "json.hpp"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <sstream>
#include <stdexcept>

namespace test_support {

namespace {

Poco::JSON::Object::Ptr objectIn(const Poco::Dynamic::Var& value) {
    const bool is = !value.isEmpty() && value.type() == typeid(Poco::JSON::Object::Ptr);
    return is ? value.extract<Poco::JSON::Object::Ptr>() : nullptr;
}

Poco::JSON::Array::Ptr arrayIn(const Poco::Dynamic::Var& value) {
    const bool is = !value.isEmpty() && value.type() == typeid(Poco::JSON::Array::Ptr);
    return is ? value.extract<Poco::JSON::Array::Ptr>() : nullptr;
}

} // namespace

Json Json::parse(const std::string& text) {
    if (text == "null") { // which Poco's parser takes only inside something
        return {{}, ""};
    }
    try {
        return {Poco::JSON::Parser().parse(text), ""};
    } catch (const Poco::Exception& error) {
        throw std::runtime_error("not JSON (" + error.displayText() + "): " + text.substr(0, 300));
    }
}

Json Json::operator[](const std::string& name) const {
    if (!has(name)) {
        complain("has no '" + name + "'");
    }
    return {objectIn(_value)->get(name), _path + "/" + name};
}

Json Json::operator[](std::size_t index) const {
    if (arrayIn(_value) == nullptr || index >= size()) {
        complain("has no element " + std::to_string(index));
    }
    return {arrayIn(_value)->get(static_cast<unsigned>(index)), _path + "/" + std::to_string(index)};
}

bool Json::has(const std::string& name) const {
    const auto object = objectIn(_value);
    return object && object->has(name);
}

std::size_t Json::size() const {
    if (const auto array = arrayIn(_value)) {
        return array->size();
    }
    if (const auto object = objectIn(_value)) {
        return object->size();
    }
    complain("is neither array nor object");
}

std::string Json::text() const {
    if (isNull() || objectIn(_value) || arrayIn(_value)) {
        complain("is no text");
    }
    return _value.convert<std::string>();
}

long long Json::number() const {
    if (!_value.isNumeric() || _value.isBoolean()) {
        complain("is no number");
    }
    return _value.convert<Poco::Int64>();
}

bool Json::truth() const {
    if (!_value.isBoolean()) {
        complain("is neither true nor false");
    }
    return _value.convert<bool>();
}

std::vector<Json> Json::items() const {
    if (arrayIn(_value) == nullptr) {
        complain("is no array");
    }
    std::vector<Json> out;
    for (std::size_t i = 0; i < size(); ++i) {
        out.push_back((*this)[i]);
    }
    return out;
}

std::vector<std::string> Json::texts() const {
    std::vector<std::string> out;
    for (const auto& item : items()) {
        out.push_back(item.text());
    }
    return out;
}

std::vector<std::string> Json::names() const {
    const auto object = objectIn(_value);
    if (!object) {
        complain("is no object");
    }
    return object->getNames();
}

std::string Json::dump() const {
    std::ostringstream out;
    Poco::JSON::Stringifier::stringify(_value, out);
    return out.str();
}

void Json::complain(const std::string& what) const {
    throw std::runtime_error("JSON value " + (_path.empty() ? "/" : _path) + " " + what + ": " +
                             dump().substr(0, 400));
}

std::string quoted(const std::string& text) {
    std::ostringstream out;
    Poco::JSON::Stringifier::stringify(Poco::Dynamic::Var(text), out);
    return out.str();
}

} // namespace test_support
