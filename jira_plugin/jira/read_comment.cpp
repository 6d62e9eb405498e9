#include "read_comment.hpp"

#include "jira_time.hpp"
#include "json.hpp"
#include "json_writing.hpp"
#include "read_issue.hpp"

namespace jira_plugin::jira {
namespace {

constexpr const char* markerMember = "id";
/// What Service Management keeps with a comment that customers do not see.
constexpr const char* publicProperty = "sd.public.comment";

/// null when there is none
Poco::JSON::Object::Ptr propertyOf(const Poco::JSON::Object::Ptr& comment, const std::string& key) {
    const auto properties = json::array(comment, "properties");
    for (std::size_t i = 0; properties && i < properties->size(); ++i) {
        const auto property = json::objectAt(properties, i);
        if (json::text(property, "key") == key) {
            return json::object(property, "value");
        }
    }
    return {};
}

std::string restrictionOf(const Poco::JSON::Object::Ptr& comment) {
    if (const auto visibility = json::object(comment, "visibility")) {
        for (const char* member : {"value", "identifier", "type"}) {
            if (std::string name = json::text(visibility, member); !name.empty()) {
                return name;
            }
        }
        return "restricted"; // by something that we cannot name
    }
    const bool internal = !json::flag(comment, "jsdPublic", true) ||
                          json::flag(propertyOf(comment, publicProperty), "internal");
    return internal ? "internal" : "";
}

} // namespace

std::string commentBody(const std::string& text, const std::string& marker) {
    return "{\"body\":" + text + ",\"properties\":[{\"key\":" + json::quoted(markerProperty) +
           ",\"value\":{\"" + markerMember + "\":" + json::quoted(marker) + "}}]}";
}

std::string readMarker(const Poco::JSON::Object::Ptr& value) {
    return json::text(value, markerMember);
}

Comment readComment(const Poco::JSON::Object::Ptr& object) {
    const User author = readUser(json::object(object, "author"));
    Comment comment;
    comment.id = json::text(object, "id");
    comment.authorId = author.accountId;
    comment.authorName = author.displayName;
    comment.createdMs = timeFromJira(json::text(object, "created"));
    comment.updatedMs = timeFromJira(json::text(object, "updated"));
    comment.restrictedTo = restrictionOf(object);
    comment.marker = readMarker(propertyOf(object, markerProperty));
    return comment;
}

} // namespace jira_plugin::jira
