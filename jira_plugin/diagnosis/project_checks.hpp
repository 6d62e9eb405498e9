#pragma once

#include "check.hpp"

#include "jira/client.hpp"
#include "mapping/mapping_store.hpp"

#include <exception>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::diagnosis {

/// The checks of all mappings to one Jira project: what is read of it is read once and shared. Used by one
/// thread.
class ProjectChecks {
public:
    /// All borrowed.
    ProjectChecks(jira::Client& client, mapping::MappingStore& mappings, std::string organisation,
                  std::string jiraProjectId)
        : _client(client), _mappings(mappings), _organisation(std::move(organisation)),
          _projectId(std::move(jiraProjectId)) {}

    /// id: of a check that is perProject. Throws the types of jira/errors.hpp and store::StoreError.
    Judgement run(const std::string& id, const mapping::ProjectMapping& mapping);

private:
    /// An answer, or the refusal that came instead: neither is asked for twice.
    template <class Value> struct Answer {
        std::optional<Value> value;
        std::exception_ptr error;
    };
    template <class Value, class Ask> const Value& once(Answer<Value>& answer, Ask&& ask);
    const jira::CreateScreen& screen(const mapping::ProjectMapping& mapping);
    Judgement metadata(const mapping::ProjectMapping& mapping);
    Judgement priorities(const mapping::ProjectMapping& mapping);

    jira::Client& _client;
    mapping::MappingStore& _mappings;
    const std::string _organisation;
    const std::string _projectId;
    Answer<std::vector<jira::Permission>> _permissions;
    Answer<std::vector<jira::IssueType>> _types;
    Answer<std::vector<jira::TypeStatuses>> _statuses;
    std::map<std::string, Answer<jira::CreateScreen>> _screens; ///< by issue type
};

} // namespace jira_plugin::diagnosis
