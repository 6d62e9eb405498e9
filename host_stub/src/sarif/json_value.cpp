#include "json_value.hpp"

#include "sarif_problem.hpp"

#include <algorithm>

namespace aspm::host::sarif {

namespace {

const std::string emptyText;

bool appendPath(const JsonValue& from, const JsonValue& target, std::string& path) {
    if (&from == &target)
        return true;
    const std::size_t length = path.size();
    for (std::size_t i = 0; i < from.items.size(); ++i) {
        if (from.kind == JsonValue::Kind::Object)
            path += "." + printable(from.names[i]);
        else
            path += "[" + std::to_string(i) + "]";
        if (appendPath(from.items[i], target, path))
            return true;
        path.resize(length);
    }
    return false;
}

} // namespace

std::string_view describe(JsonValue::Kind kind) {
    switch (kind) {
    case JsonValue::Kind::Null:
        return "null";
    case JsonValue::Kind::Boolean:
        return "true or false";
    case JsonValue::Kind::Integer:
        return "a whole number";
    case JsonValue::Kind::Decimal:
        return "a number";
    case JsonValue::Kind::String:
        return "a string";
    case JsonValue::Kind::Array:
        return "an array";
    case JsonValue::Kind::Object:
        return "an object";
    }
    return "something else";
}

std::string pathOf(const JsonPart& part, const JsonValue& value) {
    std::string path = part.path;
    appendPath(part.root, value, path);
    return path;
}

bool JsonView::isNumber() const {
    return _value && (_value->kind == JsonValue::Kind::Integer || _value->kind == JsonValue::Kind::Decimal);
}

JsonView JsonView::view(const JsonValue& value) const {
    return value.kind == JsonValue::Kind::Null ? JsonView() : JsonView(_part, &value);
}

JsonView JsonView::member(std::string_view name) const {
    if (!_value)
        return {};
    expect(JsonValue::Kind::Object);
    for (std::size_t i = _value->names.size(); i-- > 0;)
        if (_value->names[i] == name)
            return view(_value->items[i]);
    return {};
}

JsonView JsonView::required(std::string_view name) const {
    JsonView found = member(name);
    if (!found)
        fail("has no '" + std::string(name) + "', which SARIF requires");
    return found;
}

std::size_t JsonView::memberCount() const {
    if (!_value)
        return 0;
    expect(JsonValue::Kind::Object);
    return _value->items.size();
}

std::size_t JsonView::size() const {
    if (!_value)
        return 0;
    expect(JsonValue::Kind::Array);
    return _value->items.size();
}

JsonView JsonView::at(std::size_t index) const {
    return index < size() ? view(_value->items[index]) : JsonView();
}

const std::string& JsonView::text() const {
    if (!_value)
        return emptyText;
    expect(JsonValue::Kind::String);
    return _value->text;
}

const std::string& JsonView::oneOf(std::initializer_list<std::string_view> words) const {
    const std::string& word = text();
    if (!_value || std::find(words.begin(), words.end(), word) != words.end())
        return word;
    std::string list;
    for (const std::string_view candidate : words)
        list += (list.empty() ? "'" : ", '") + std::string(candidate) + "'";
    fail("must be one of " + list + ", but is '" + printable(word) + "'");
}

bool JsonView::boolean(bool fallback) const {
    if (!_value)
        return fallback;
    expect(JsonValue::Kind::Boolean);
    return _value->boolean;
}

std::int64_t JsonView::integer(std::int64_t fallback) const {
    if (!_value)
        return fallback;
    expect(JsonValue::Kind::Integer);
    return _value->integer;
}

double JsonView::number(double fallback) const {
    if (!_value)
        return fallback;
    if (_value->kind == JsonValue::Kind::Integer)
        return static_cast<double>(_value->integer);
    expect(JsonValue::Kind::Decimal);
    return _value->decimal;
}

const JsonView& JsonView::mustBeObject() const {
    expect(JsonValue::Kind::Object);
    return *this;
}

void JsonView::expect(JsonValue::Kind kind) const {
    if (_value->kind != kind)
        fail("must be " + std::string(describe(kind)) + ", but is " + std::string(describe(_value->kind)));
}

void JsonView::fail(const std::string& problem) const {
    throw notSarif(pathOf(*_part, *_value), problem);
}

} // namespace aspm::host::sarif
