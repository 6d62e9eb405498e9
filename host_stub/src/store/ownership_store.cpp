#include "ownership_store.hpp"

#include "../services/glob.hpp"
#include "finding_rows.hpp"

namespace aspm::host {

namespace {

std::vector<OwnershipPolicy> selectPolicies(Connection& c, const std::string& organisation) {
    std::vector<OwnershipPolicy> out;
    for (Rows rows =
             c.select("SELECT path, rule, user_id FROM ownership WHERE organisation = $1 ORDER BY position",
                      organisation);
         rows.next();)
        out.push_back({rows.text(0), rows.text(1), rows.text(2)});
    return out;
}

} // namespace

const OwnershipPolicy* matchOwnership(const std::vector<OwnershipPolicy>& policies,
                                      const std::string& filePath, const std::string& ruleId) {
    for (const OwnershipPolicy& policy : policies)
        if ((policy.path.empty() || matchesGlob(policy.path, filePath)) &&
            (policy.rule.empty() || matchesGlob(policy.rule, ruleId)))
            return &policy;
    return nullptr;
}

std::optional<Member> OwnershipStore::owner(const std::string& organisation, const std::string& id) {
    const std::string user = _database.read([&](Connection& c) -> std::string {
        // Only what policies look at: plugins ask once for each finding of a large push.
        Rows found = c.select(
            "SELECT file_path, rule_id FROM findings WHERE organisation = $1 AND id = $2 AND deleted = 0",
            organisation, id);
        if (!found.next())
            throw noSuchFinding(organisation, id);
        const auto all = selectPolicies(c, organisation);
        const OwnershipPolicy* policy = matchOwnership(all, found.text(0), found.text(1));
        return policy == nullptr ? "" : policy->user;
    });
    return user.empty() ? std::nullopt : _directory.member(organisation, user);
}

std::vector<OwnershipPolicy> OwnershipStore::policies(const std::string& organisation) {
    return _database.read([&](Connection& c) { return selectPolicies(c, organisation); });
}

void OwnershipStore::replace(const std::string& organisation, const std::vector<OwnershipPolicy>& policies) {
    for (const OwnershipPolicy& policy : policies)
        if (!_directory.member(organisation, policy.user))
            throw Problem("The ownership policy for \"" + policy.path + policy.rule + "\" names " +
                              policy.user + ", who is not in the organisation.",
                          "Name a member.");
    _database.write([&](Connection& c) {
        c.run("DELETE FROM ownership WHERE organisation = $1", organisation);
        std::int64_t position = 0;
        for (const OwnershipPolicy& policy : policies)
            c.run("INSERT INTO ownership (organisation, position, path, rule, user_id) VALUES ($1, $2, $3, "
                  "$4, $5)",
                  organisation, ++position, policy.path, policy.rule, policy.user);
    });
}

} // namespace aspm::host
