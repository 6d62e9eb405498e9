#pragma once

#include "mapping/settings.hpp"

#include <optional>
#include <string>

namespace jira_plugin::mapping {
class MappingStore;
}

namespace jira_plugin::push {

/// Where the push learns what findings of a project become. Safe from any thread.
class MappingSource {
public:
    virtual ~MappingSource() = default;
    virtual std::optional<mapping::ProjectMapping> project(const std::string& organisation,
                                                           const std::string& project) = 0;
    /// The project's settings over the organisation's over the defaults.
    virtual mapping::FieldMapping fields(const std::string& organisation, const std::string& project) = 0;
};

/// The mappings in the plugin's database.
class StoredMappings : public MappingSource {
public:
    explicit StoredMappings(mapping::MappingStore& store) : _store(store) {}
    std::optional<mapping::ProjectMapping> project(const std::string& organisation,
                                                   const std::string& project) override;
    mapping::FieldMapping fields(const std::string& organisation, const std::string& project) override;

private:
    mapping::MappingStore& _store;
};

} // namespace jira_plugin::push
