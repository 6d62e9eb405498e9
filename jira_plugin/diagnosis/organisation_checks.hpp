#pragma once

#include "check.hpp"
#include "ground.hpp"

#include "connection/cloud_app.hpp"

#include <string>
#include <vector>

namespace jira_plugin::diagnosis {

constexpr const char* refreshToken = "refresh_token";

/// The checks that concern the organisation as a whole: looks, and leaves the judging to others.
class OrganisationChecks {
public:
    OrganisationChecks(const Ground& ground, std::string organisation)
        : _ground(ground), _organisation(std::move(organisation)) {}

    /// id: of a check that is not perProject. Throws the types of jira/errors.hpp, jira::TransportError and
    /// store::StoreError.
    Judgement run(const std::string& id);

private:
    connection::CloudApp app() const;
    /// Whether the organisation's Jira is a Data Center, which needs no app and has no scopes.
    bool isServer() const;
    std::vector<std::string> servers() const;
    Judgement publicUrl() const;
    Judgement names() const;
    Judgement tcp() const;
    Judgement tls() const;
    Judgement clock() const;
    Judgement token() const;
    Judgement queue() const;
    Judgement webhook() const;
    Judgement webhookHeard() const;

    const Ground& _ground;
    const std::string _organisation;
};

} // namespace jira_plugin::diagnosis
