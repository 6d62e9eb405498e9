#include "directory_store.hpp"

#include <algorithm>

namespace aspm::host {

namespace {

bool isName(const std::string& text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    });
}

void requireName(const std::string& text, const std::string& what) {
    if (!isName(text) || text == "." || text == ".." || text == "-")
        throw Problem("\"" + text + "\" cannot be " + what + ".",
                      "Use letters, digits, '-', '_' and '.', at most 64 characters.");
}

Member memberOf(const Rows& rows, const std::string& organisation) {
    return {organisation, rows.text(0), rows.text(1), rows.text(2), static_cast<aspm_roles>(rows.integer(3))};
}

void writeUser(Connection& c, const User& user) {
    const Member& m = user.member;
    c.run("INSERT INTO members (organisation, user_id, name, email, roles) VALUES ($1, $2, $3, $4, $5) "
          "ON CONFLICT (organisation, user_id) DO UPDATE SET name = excluded.name, email = excluded.email, "
          "roles = excluded.roles",
          m.organisation, m.user, m.name, m.email, std::int64_t{m.roles});
    c.run("DELETE FROM administered WHERE organisation = $1 AND user_id = $2", m.organisation, m.user);
    for (const std::string& key : user.administers)
        c.run("INSERT OR IGNORE INTO administered (organisation, user_id, project_key) VALUES ($1, $2, $3)",
              m.organisation, m.user, key);
}

std::optional<Project> selectProject(Connection& c, const std::string& organisation, const std::string& key) {
    Rows rows =
        c.select("SELECT id, project_key, name FROM projects WHERE organisation = $1 AND project_key = $2",
                 organisation, key);
    if (!rows.next())
        return std::nullopt;
    return Project{organisation, rows.text(0), rows.text(1), rows.text(2)};
}

std::optional<User> selectUser(Connection& c, const std::string& organisation, const std::string& id) {
    Rows rows =
        c.select("SELECT user_id, name, email, roles FROM members WHERE organisation = $1 AND user_id = $2",
                 organisation, id);
    if (!rows.next())
        return std::nullopt;
    User user{memberOf(rows, organisation), {}};
    for (Rows keys = c.select("SELECT project_key FROM administered WHERE organisation = $1 AND user_id = $2 "
                              "ORDER BY project_key",
                              organisation, id);
         keys.next();)
        user.administers.push_back(keys.text(0));
    return user;
}

} // namespace

void DirectoryStore::seed() {
    _database.write([](Connection& c) {
        Rows rows = c.select("SELECT count(*) FROM organisations");
        if (rows.next() && rows.integer(0) > 0)
            return;
        c.run("INSERT INTO organisations (id, name) VALUES ('acme', 'Acme')");
        constexpr aspm_roles member = ASPM_ROLE_MEMBER;
        writeUser(c, {{"acme", "alice", "Alice Admin", "alice@acme.example", ASPM_ROLE_ADMIN | member}, {}});
        writeUser(c,
                  {{"acme", "paul", "Paul Projects", "paul@acme.example", ASPM_ROLE_PROJECT_ADMIN | member},
                   {"payments-api"}});
        writeUser(c, {{"acme", "mia", "Mia Member", "mia@acme.example", member}, {}});
    });
}

std::vector<Organisation> DirectoryStore::allOrganisations() {
    return _database.read([](Connection& c) {
        std::vector<Organisation> out;
        for (Rows rows = c.select("SELECT id, name FROM organisations ORDER BY id"); rows.next();)
            out.push_back({rows.text(0), rows.text(1)});
        return out;
    });
}

std::optional<Organisation> DirectoryStore::organisation(const std::string& id) {
    return _database.read([&](Connection& c) -> std::optional<Organisation> {
        Rows rows = c.select("SELECT id, name FROM organisations WHERE id = $1", id);
        if (!rows.next())
            return std::nullopt;
        return Organisation{rows.text(0), rows.text(1)};
    });
}

Organisation DirectoryStore::addOrganisation(const std::string& id, const std::string& name) {
    requireName(id, "the id of an organisation");
    bool isNew = _database.write([&](Connection& c) {
        return c.run("INSERT OR IGNORE INTO organisations (id, name) VALUES ($1, $2)", id,
                     name.empty() ? id : name) > 0;
    });
    if (!isNew)
        throw ServiceError(ASPM_STATE, "There is an organisation " + id + " already.",
                           "Use it, or choose another id.");
    return {id, name.empty() ? id : name};
}

void DirectoryStore::organisations(const std::function<bool(const Organisation&)>& fn) {
    for (const Organisation& one : allOrganisations())
        if (!fn(one))
            return;
}

void DirectoryStore::projects(const std::string& organisation, const std::string& afterKey,
                              const std::function<bool(const Project&)>& fn) {
    auto page = _database.read([&](Connection& c) {
        std::vector<Project> out;
        for (Rows rows = c.select("SELECT id, project_key, name FROM projects WHERE organisation = $1 AND "
                                  "project_key > $2 ORDER BY project_key",
                                  organisation, afterKey);
             rows.next();)
            out.push_back({organisation, rows.text(0), rows.text(1), rows.text(2)});
        return out;
    });
    for (const Project& one : page)
        if (!fn(one))
            return;
}

std::vector<Project> DirectoryStore::allProjects(const std::string& organisation) {
    std::vector<Project> out;
    projects(organisation, "", [&](const Project& one) {
        out.push_back(one);
        return true;
    });
    return out;
}

std::optional<Project> DirectoryStore::project(const std::string& organisation, const std::string& id) {
    return _database.read([&](Connection& c) -> std::optional<Project> {
        Rows rows = c.select("SELECT id, project_key, name FROM projects WHERE organisation = $1 AND id = $2",
                             organisation, id);
        if (!rows.next())
            return std::nullopt;
        return Project{organisation, rows.text(0), rows.text(1), rows.text(2)};
    });
}

std::optional<Project> DirectoryStore::projectByKey(const std::string& organisation, const std::string& key) {
    return _database.read([&](Connection& c) { return selectProject(c, organisation, key); });
}

Project DirectoryStore::ensureProject(const std::string& organisationId, const std::string& key,
                                      const std::string& name, bool& created) {
    created = false;
    if (!organisation(organisationId))
        throw ServiceError(ASPM_NOT_FOUND, "There is no organisation " + organisationId + ".",
                           "Use --org with one that exists; a new data directory has \"acme\".");
    if (auto known = projectByKey(organisationId, key))
        return *known;
    requireName(key, "the key of a project");
    return _database.write([&](Connection& c) {
        // Somebody else may have made it since the look above.
        if (auto known = selectProject(c, organisationId, key))
            return *known;
        created = true;
        Rows rows = c.select("UPDATE organisations SET last_project = last_project + 1 WHERE id = $1 "
                             "RETURNING last_project",
                             organisationId);
        rows.next();
        Project project{organisationId, "P-" + std::to_string(rows.integer(0)), key,
                        name.empty() ? key : name};
        c.run("INSERT INTO projects (organisation, id, project_key, name) VALUES ($1, $2, $3, $4)",
              organisationId, project.id, project.key, project.name);
        return project;
    });
}

void DirectoryStore::members(const std::string& organisation, aspm_roles roles,
                             const std::function<bool(const Member&)>& fn) {
    for (const User& user : users(organisation))
        if ((roles == 0 || (user.member.roles & roles) != 0) && !fn(user.member))
            return;
}

std::optional<Member> DirectoryStore::member(const std::string& organisation, const std::string& id) {
    auto found = user(organisation, id);
    return found ? std::optional<Member>(found->member) : std::nullopt;
}

std::vector<User> DirectoryStore::users(const std::string& organisation) {
    return _database.read([&](Connection& c) {
        std::vector<User> out;
        for (Rows rows = c.select("SELECT user_id, name, email, roles FROM members WHERE organisation = $1 "
                                  "ORDER BY user_id",
                                  organisation);
             rows.next();)
            out.push_back({memberOf(rows, organisation), {}});
        for (Rows rows = c.select("SELECT user_id, project_key FROM administered WHERE organisation = $1 "
                                  "ORDER BY project_key",
                                  organisation);
             rows.next();)
            for (User& user : out)
                if (user.member.user == rows.text(0))
                    user.administers.push_back(rows.text(1));
        return out;
    });
}

std::optional<User> DirectoryStore::user(const std::string& organisation, const std::string& id) {
    return _database.read([&](Connection& c) { return selectUser(c, organisation, id); });
}

void DirectoryStore::addUser(const User& user) {
    const Member& m = user.member;
    requireName(m.user, "the id of a user");
    _database.write([&](Connection& c) {
        if (selectUser(c, m.organisation, m.user))
            throw ServiceError(ASPM_STATE,
                               "There is a user " + m.user + " in the organisation " + m.organisation +
                                   " already.",
                               "Change that one, or choose another id.");
        writeUser(c, user);
    });
}

User DirectoryStore::changeUser(const std::string& organisation, const std::string& id,
                                const std::function<void(User&)>& edit) {
    return _database.write([&](Connection& c) {
        auto user = selectUser(c, organisation, id);
        if (!user)
            throw ServiceError(ASPM_NOT_FOUND,
                               "There is no user " + id + " in the organisation " + organisation + ".",
                               "List the users there are.");
        edit(*user);
        writeUser(c, *user);
        return *user;
    });
}

bool DirectoryStore::removeUser(const std::string& organisation, const std::string& id) {
    return _database.write([&](Connection& c) {
        c.run("DELETE FROM administered WHERE organisation = $1 AND user_id = $2", organisation, id);
        c.run("DELETE FROM sessions WHERE organisation = $1 AND user_id = $2", organisation, id);
        return c.run("DELETE FROM members WHERE organisation = $1 AND user_id = $2", organisation, id) > 0;
    });
}

std::vector<std::string> roleNames(aspm_roles roles) {
    std::vector<std::string> out;
    for (const char* name : {"admin", "project-admin", "member"})
        if ((roles & roleFromName(name)) != 0)
            out.emplace_back(name);
    return out;
}

aspm_roles roleFromName(const std::string& name) {
    if (name == "admin")
        return ASPM_ROLE_ADMIN;
    if (name == "project-admin")
        return ASPM_ROLE_PROJECT_ADMIN;
    return name == "member" ? ASPM_ROLE_MEMBER : 0;
}

} // namespace aspm::host
