#include "mapping_source.hpp"

#include "mapping/mapping_store.hpp"

namespace jira_plugin::push {

std::optional<mapping::ProjectMapping> StoredMappings::project(const std::string& organisation,
                                                               const std::string& project) {
    return _store.project(organisation, project);
}

mapping::FieldMapping StoredMappings::fields(const std::string& organisation, const std::string& project) {
    return _store.fields(organisation, project);
}

} // namespace jira_plugin::push
