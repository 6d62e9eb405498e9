#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include <Poco/JSON/Object.h>

namespace aspm::host {

/// The JSON object in a request, read member by member. What is missing, unknown or of the wrong kind throws
/// HttpError 400 with a sentence that names the member.
class Body {
public:
    /// Nothing at all counts as an empty object. known: the members that there may be.
    Body(const std::string& text, std::initializer_list<const char*> known);

    bool has(const std::string& name) const { return _object->has(name); }

    /// A member that must be there, and not be empty.
    std::string text(const std::string& name) const;
    std::string text(const std::string& name, const std::string& otherwise) const;
    std::int64_t number(const std::string& name, std::int64_t otherwise, std::int64_t most) const; ///< >= 0
    bool truth(const std::string& name, bool otherwise) const;
    /// A list of texts; empty when it is not there.
    std::vector<std::string> texts(const std::string& name) const;
    /// A list of objects that must be there.
    std::vector<Body> objects(const std::string& name, std::initializer_list<const char*> known) const;

    /// A member that is there but means nothing. what: e.g. "must be a date".
    [[noreturn]] void refuse(const std::string& name, const std::string& what) const;

private:
    Body(Poco::JSON::Object::Ptr object, std::string path, std::initializer_list<const char*> known);
    void checkMembers(std::initializer_list<const char*> known) const;
    std::string textOf(const Poco::Dynamic::Var& value, const std::string& name) const;

    Poco::JSON::Object::Ptr _object;
    std::string _path; ///< of this object, e.g. findings[3].
};

} // namespace aspm::host
