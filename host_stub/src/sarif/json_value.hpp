/// A small part of a report held as a tree, and a view on it that knows where it is.
///
/// Reports are streamed; only one result or one tool description is a tree at any time. The tree is leaner
/// than Poco::JSON::Object, which takes ten times as long to build for a report with 100,000 results.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace aspm::host::sarif {

struct JsonValue {
    enum class Kind { Null, Boolean, Integer, Decimal, String, Array, Object };

    Kind kind = Kind::Null;
    bool boolean = false;
    std::int64_t integer = 0;
    double decimal = 0;
    std::string text;
    std::vector<std::string> names; ///< Member names of an object, in step with `items`.
    std::vector<JsonValue> items;
};

/// "an object", "a string"...: how messages call the kind.
std::string_view describe(JsonValue::Kind kind);

/// A part of a report and its own place in it, for messages.
struct JsonPart {
    std::string path; ///< Such as `runs[0].results[3]`.
    JsonValue root;
};

/// Where the value is in the report, such as `runs[0].results[3].message.text`. Searches; for errors only.
std::string pathOf(const JsonPart& part, const JsonValue& value);

/// Typed access to a part. An absent member and a member that is null are the same: an empty view.
/// Borrows the part. Everything throws SarifError naming the path when the type is not the one asked for.
class JsonView {
public:
    JsonView() = default;
    explicit JsonView(const JsonPart& part)
        : _part(&part), _value(part.root.kind == JsonValue::Kind::Null ? nullptr : &part.root) {}

    explicit operator bool() const { return _value != nullptr; }
    bool isString() const { return _value && _value->kind == JsonValue::Kind::String; }
    bool isArray() const { return _value && _value->kind == JsonValue::Kind::Array; }
    bool isNumber() const;

    /// Objects. The last of several members with the same name counts.
    JsonView member(std::string_view name) const;
    JsonView required(std::string_view name) const;
    std::size_t memberCount() const;
    const std::string& memberName(std::size_t index) const { return _value->names[index]; }
    JsonView memberAt(std::size_t index) const { return view(_value->items[index]); }

    /// Arrays. Zero for an empty view.
    std::size_t size() const;
    JsonView at(std::size_t index) const;

    /// An empty view gives the fallback.
    const std::string& text() const;
    bool boolean(bool fallback) const;
    /// A word out of a closed list; empty for an empty view.
    const std::string& oneOf(std::initializer_list<std::string_view> words) const;
    std::int64_t integer(std::int64_t fallback) const;
    double number(double fallback) const;

    const JsonView& mustBeObject() const;
    [[noreturn]] void fail(const std::string& problem) const;

private:
    JsonView(const JsonPart* part, const JsonValue* value) : _part(part), _value(value) {}
    JsonView view(const JsonValue& value) const;
    void expect(JsonValue::Kind kind) const;

    const JsonPart* _part = nullptr;
    const JsonValue* _value = nullptr;
};

} // namespace aspm::host::sarif
