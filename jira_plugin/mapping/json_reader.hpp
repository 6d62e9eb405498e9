#pragma once

#include <Poco/Dynamic/Var.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <cstdint>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

namespace jira_plugin::mapping {

/// Something wrong with settings that somebody sent; field is the path of the member, e.g. "sla.critical",
/// empty when it is the whole.
class SettingsProblem : public std::runtime_error {
public:
    SettingsProblem(std::string field, const std::string& message)
        : std::runtime_error(message), _field(std::move(field)) {}
    const std::string& field() const { return _field; }

private:
    std::string _field;
};

/// Deeper than any settings.
constexpr std::size_t maxJsonDepth = 16;

/// Parses JSON of bounded depth; throws SettingsProblem for text that is none.
Poco::Dynamic::Var parseJson(const std::string& text, std::size_t maxDepth = maxJsonDepth);

/// The same for a JSON object.
Poco::JSON::Object::Ptr parseJsonObject(const std::string& text);

std::string jsonText(const Poco::Dynamic::Var& value);

/// Reads the members of an object by name and type. Every problem names the member; members that nobody asked
/// for are refused by finish(), so that a misspelt setting is not silently ignored.
class JsonReader {
public:
    /// path: of the object within the whole, empty at the root.
    explicit JsonReader(Poco::JSON::Object::Ptr object, std::string path = {});

    bool has(const std::string& name);
    /// Whether the member is there and null.
    bool isNull(const std::string& name);
    /// Nothing when the member is missing or null.
    std::optional<std::string> string(const std::string& name, std::size_t maxUnits = 500);
    std::optional<std::int64_t> integer(const std::string& name, std::int64_t least, std::int64_t most);
    std::optional<bool> boolean(const std::string& name);
    Poco::JSON::Object::Ptr object(const std::string& name); ///< null when missing or null
    Poco::JSON::Array::Ptr array(const std::string& name);   ///< null when missing or null
    Poco::Dynamic::Var any(const std::string& name);

    std::string pathOf(const std::string& name) const;
    void finish() const;

private:
    Poco::Dynamic::Var present(const std::string& name);
    [[noreturn]] void refuse(const std::string& name, const std::string& message) const;

    Poco::JSON::Object::Ptr _object;
    std::string _path;
    std::set<std::string> _known;
};

} // namespace jira_plugin::mapping
