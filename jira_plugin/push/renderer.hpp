#pragma once

#include "host/services.hpp"
#include "jira/client.hpp"
#include "mapping/ticket_draft.hpp"
#include "mapping_source.hpp"
#include "notes.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace jira_plugin::push {

class MetadataCache;

/// What Jira's refusals made us leave out, one try after the other.
struct Amendments {
    bool withoutAssignee = false;
    bool plainDescription = false;
    bool freshMetadata = false;
    std::vector<Note> notes;
};

/// A finding as the ticket it becomes.
struct Rendered {
    mapping::TicketDraft draft;
    mapping::ProjectMapping project;
    host::TicketRef shown; ///< what the host shows of it; without id, key and url
    std::vector<Note> notes;
};

/// Remembers the mappings it has read: one batch reads each project's once. For one thread.
class MappingMemo : public MappingSource {
public:
    explicit MappingMemo(MappingSource& source) : _source(source) {}
    std::optional<mapping::ProjectMapping> project(const std::string& organisation,
                                                   const std::string& project) override;
    mapping::FieldMapping fields(const std::string& organisation, const std::string& project) override;

private:
    using Key = std::pair<std::string, std::string>;
    MappingSource& _source;
    std::map<Key, std::optional<mapping::ProjectMapping>> _projects;
    std::map<Key, mapping::FieldMapping> _fields;
};

/// Makes drafts of findings with Jira's metadata and the host's ownership. Safe from any thread.
class Renderer {
public:
    Renderer(MetadataCache& metadata, host::Ownership& ownership)
        : _metadata(metadata), _ownership(ownership) {}

    /// Throws mapping::MappingProblem when a person must change the mapping, and what the client throws.
    Rendered render(const host::Finding& finding, const std::string& dedupeLabel,
                    const Amendments& amendments, MappingSource& mappings, jira::Client& client) const;

private:
    MetadataCache& _metadata;
    host::Ownership& _ownership;
};

} // namespace jira_plugin::push
