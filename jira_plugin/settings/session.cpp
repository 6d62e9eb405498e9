#include "handlers.hpp"

namespace jira_plugin::settings {

using Poco::JSON::Array;
using Poco::JSON::Object;

Response showSession(Context& context) {
    const Principal& who = context.who;
    Object::Ptr user = new Object;
    user->set("id", who.user);
    user->set("name", who.userName);
    Object::Ptr organisation = new Object;
    organisation->set("id", who.organisation);
    organisation->set("name", who.organisationName);
    Array::Ptr roles = new Array;
    roles->add("member");
    if (who.isProjectAdmin)
        roles->add("projectAdmin");
    if (who.isAdmin)
        roles->add("admin");
    Array::Ptr projects = new Array;
    for (const auto& project : who.administeredProjects)
        projects->add(project);
    Object::Ptr csrf = new Object;
    csrf->set("header", who.csrfHeader);
    csrf->set("token", who.csrfToken);

    Object::Ptr json = new Object;
    json->set("user", user);
    json->set("organisation", organisation);
    json->set("roles", roles);
    json->set("administeredProjects", projects);
    json->set("timeZone", nullIfEmpty(who.timeZone));
    json->set("csrf", csrf);
    return jsonResponse(200, json);
}

} // namespace jira_plugin::settings
