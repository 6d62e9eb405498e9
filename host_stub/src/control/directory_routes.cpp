// Organisations, projects, people, who owns what, and signing in.
#include "../runtime/stub_host.hpp"
#include "../web/sessions.hpp"
#include "body.hpp"
#include "json_build.hpp"
#include "routes.hpp"

namespace aspm::host {

namespace {

Poco::JSON::Object::Ptr toJson(const Organisation& one) {
    return jsonObject({{"id", one.id}, {"name", one.name}});
}

Poco::JSON::Object::Ptr toJson(const Project& one) {
    return jsonObject({{"id", one.id}, {"key", one.key}, {"name", one.name}});
}

Poco::JSON::Object::Ptr toJson(const User& one) {
    return jsonObject({{"id", one.member.user},
                       {"name", one.member.name},
                       {"email", one.member.email},
                       {"roles", jsonArray(roleNames(one.member.roles))},
                       {"administers", jsonArray(one.administers)}});
}

Poco::JSON::Object::Ptr toJson(const OwnershipPolicy& one) {
    return jsonObject({{"path", one.path}, {"rule", one.rule}, {"user", one.user}});
}

template <typename List> Reply listed(const char* name, const List& list) {
    return {200, jsonObject({{name, jsonArray(list, [](const auto& one) { return toJson(one); })}})};
}

// ---- organisations and projects ----

Reply listOrganisations(ControlCall& call) {
    return listed("organisations", call.host.directory().allOrganisations());
}

Reply addOrganisation(ControlCall& call) {
    Body body(call.exchange.body(), {"id", "name"});
    return {201, toJson(call.host.directory().addOrganisation(body.text("id"), body.text("name", "")))};
}

Reply listProjects(ControlCall& call) {
    return listed("projects", call.host.directory().allProjects(call.organisation()));
}

Reply addProject(ControlCall& call) {
    Body body(call.exchange.body(), {"key", "name"});
    bool created = false;
    Project project = call.host.directory().ensureProject(call.organisation(), body.text("key"),
                                                          body.text("name", ""), created);
    return {created ? 201 : 200, toJson(project)};
}

// ---- users ----

aspm_roles rolesIn(const Body& body) {
    aspm_roles roles = 0;
    for (const std::string& name : body.texts("roles")) {
        aspm_roles role = roleFromName(name);
        if (role == 0)
            body.refuse("roles", "knows no \"" + name + "\", only admin, project-admin and member");
        roles |= role;
    }
    return roles;
}

/// What the body says of a user; the rest stays.
void editUser(User& user, const Body& body) {
    user.member.name = body.text("name", user.member.name);
    user.member.email = body.text("email", user.member.email);
    if (body.has("roles"))
        user.member.roles = rolesIn(body);
    if (body.has("administers"))
        user.administers = body.texts("administers");
}

Reply listUsers(ControlCall& call) {
    return listed("users", call.host.directory().users(call.organisation()));
}

Reply addUser(ControlCall& call) {
    Body body(call.exchange.body(), {"id", "name", "email", "roles", "administers"});
    User user;
    user.member.organisation = call.organisation();
    user.member.user = body.text("id");
    user.member.name = user.member.user;
    user.member.roles = ASPM_ROLE_MEMBER;
    editUser(user, body);
    call.host.directory().addUser(user);
    return {201, toJson(user)};
}

Reply changeUser(ControlCall& call) {
    Body body(call.exchange.body(), {"name", "email", "roles", "administers"});
    return {200, toJson(call.host.directory().changeUser(call.organisation(), call.names[1],
                                                         [&](User& user) { editUser(user, body); }))};
}

Reply removeUser(ControlCall& call) {
    if (!call.host.directory().removeUser(call.organisation(), call.names[1]))
        throw HttpError(
            404, "There is no user " + call.names[1] + " in the organisation " + call.organisation() + ".",
            "List the users there are.");
    return {204, {}};
}

Reply signIn(ControlCall& call) {
    Body body(call.exchange.body(), {"organisation", "user"});
    std::string organisation = body.text("organisation");
    std::string user = body.text("user");
    if (!call.host.directory().user(organisation, user))
        throw HttpError(404, "There is no user " + user + " in the organisation " + organisation + ".",
                        "Sign in as one that exists; a new data directory has alice, paul and mia in acme.");
    auto opened = call.sessions.open(organisation, user);
    return {200, jsonObject({{"cookie", std::string(sessionCookie) + "=" + opened.cookie},
                             {"csrfHeader", csrfHeader},
                             {"csrfToken", opened.session.csrf}})};
}

// ---- ownership ----

Reply listOwnership(ControlCall& call) {
    return listed("policies", call.host.ownership().policies(call.organisation()));
}

Reply replaceOwnership(ControlCall& call) {
    Body body(call.exchange.body(), {"policies"});
    std::vector<OwnershipPolicy> policies;
    for (const Body& one : body.objects("policies", {"path", "rule", "user"}))
        policies.push_back({one.text("path", ""), one.text("rule", ""), one.text("user")});
    call.host.ownership().replace(call.organisation(), policies);
    return listOwnership(call);
}

} // namespace

std::vector<Route> directoryRoutes() {
    return {{"POST", "sessions", signIn},
            {"GET", "organisations", listOrganisations},
            {"POST", "organisations", addOrganisation},
            {"GET", "organisations/{}/projects", listProjects},
            {"POST", "organisations/{}/projects", addProject},
            {"GET", "organisations/{}/users", listUsers},
            {"POST", "organisations/{}/users", addUser},
            {"PATCH", "organisations/{}/users/{}", changeUser},
            {"DELETE", "organisations/{}/users/{}", removeUser},
            {"GET", "organisations/{}/ownership", listOwnership},
            {"PUT", "organisations/{}/ownership", replaceOwnership}};
}

} // namespace aspm::host
