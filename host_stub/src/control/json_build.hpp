#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

namespace aspm::host {

/// A JSON object whose members keep their order.
inline Poco::JSON::Object::Ptr
jsonObject(std::initializer_list<std::pair<const char*, Poco::Dynamic::Var>> members) {
    Poco::JSON::Object::Ptr object = new Poco::JSON::Object(Poco::JSON_PRESERVE_KEY_ORDER);
    for (const auto& [name, value] : members)
        object->set(name, value);
    return object;
}

/// A JSON array of what toJson makes of each element.
template <typename Range, typename Fn> Poco::JSON::Array::Ptr jsonArray(const Range& range, Fn toJson) {
    Poco::JSON::Array::Ptr array = new Poco::JSON::Array;
    for (const auto& element : range)
        array->add(toJson(element));
    return array;
}

inline Poco::JSON::Array::Ptr jsonArray(const std::vector<std::string>& texts) {
    return jsonArray(texts, [](const std::string& text) { return Poco::Dynamic::Var(text); });
}

} // namespace aspm::host
