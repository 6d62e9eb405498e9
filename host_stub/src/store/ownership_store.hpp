#pragma once

#include <optional>
#include <string>
#include <vector>

#include <aspm_host/services.hpp>

#include "database.hpp"
#include "directory_store.hpp"

namespace aspm::host {

/// Findings whose file path and rule match belong to this user. An empty pattern matches everything.
struct OwnershipPolicy {
    std::string path;
    std::string rule;
    std::string user;
};

/// The first policy that matches, or nothing. Pure.
const OwnershipPolicy* matchOwnership(const std::vector<OwnershipPolicy>& policies,
                                      const std::string& filePath, const std::string& ruleId);

class OwnershipStore : public OwnershipService {
public:
    OwnershipStore(Database& database, DirectoryStore& directory)
        : _database(database), _directory(directory) {}

    std::optional<Member> owner(const std::string& organisation, const std::string& finding) override;

    std::vector<OwnershipPolicy> policies(const std::string& organisation);
    void replace(const std::string& organisation, const std::vector<OwnershipPolicy>& policies);

private:
    Database& _database;
    DirectoryStore& _directory;
};

} // namespace aspm::host
