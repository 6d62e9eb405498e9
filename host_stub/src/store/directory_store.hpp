#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <aspm_host/services.hpp>

#include "database.hpp"

namespace aspm::host {

/// A member with what the web shell and the control API need besides.
struct User {
    Member member;
    std::vector<std::string> administers; ///< keys of projects, also of ones that do not exist yet
};

/// Organisations, projects and people, for the plugins and for the host's own pages.
class DirectoryStore : public DirectoryService {
public:
    explicit DirectoryStore(Database& database) : _database(database) {}

    /// Fills an empty database with Acme and its three people.
    void seed();

    void organisations(const std::function<bool(const Organisation&)>& fn) override;
    void projects(const std::string& organisation, const std::string& afterKey,
                  const std::function<bool(const Project&)>& fn) override;
    std::optional<Project> project(const std::string& organisation, const std::string& id) override;
    void members(const std::string& organisation, aspm_roles roles,
                 const std::function<bool(const Member&)>& fn) override;
    std::optional<Member> member(const std::string& organisation, const std::string& user) override;

    std::vector<Organisation> allOrganisations();
    std::optional<Organisation> organisation(const std::string& id);
    /// Throws Problem when the id cannot be one, ServiceError(ASPM_STATE) when it is taken.
    Organisation addOrganisation(const std::string& id, const std::string& name);

    std::vector<Project> allProjects(const std::string& organisation);
    std::optional<Project> projectByKey(const std::string& organisation, const std::string& key);
    /// The project of that key, made when it is missing. created says which.
    Project ensureProject(const std::string& organisation, const std::string& key, const std::string& name,
                          bool& created);

    std::vector<User> users(const std::string& organisation);
    std::optional<User> user(const std::string& organisation, const std::string& id);
    /// Throws Problem when the id cannot be one, ServiceError(ASPM_STATE) when it is taken.
    void addUser(const User& user);
    /// edit changes what is there. Throws ServiceError(ASPM_NOT_FOUND) when there is no such user.
    User changeUser(const std::string& organisation, const std::string& id,
                    const std::function<void(User&)>& edit);
    bool removeUser(const std::string& organisation, const std::string& id);

private:
    Database& _database;
};

/// "admin", "project-admin", "member" and back; the second answers 0 for other words.
std::vector<std::string> roleNames(aspm_roles roles);
aspm_roles roleFromName(const std::string& name);

} // namespace aspm::host
