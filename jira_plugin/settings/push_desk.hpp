#pragma once

#include "host/finding.hpp"
#include "push/relink.hpp"
#include "push/renderer.hpp"
#include "store/outbox_listing.hpp"
#include "store/pause_store.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace jira_plugin::push {
class PushParts;
class PushService;
class PushWorker;
} // namespace jira_plugin::push

namespace jira_plugin::settings {

/// The outbox as the settings need it. Safe from any thread. Throws store::StoreError.
class PushDesk {
public:
    virtual ~PushDesk() = default;

    virtual std::map<store::OutboxState, std::int64_t> counts(const std::string& organisation) = 0;
    virtual std::vector<store::OutboxListing::CauseCount> causes(const std::string& organisation) = 0;
    virtual store::OutboxListing::Listing list(const std::string& organisation,
                                               const store::OutboxListing::Filter& filter) = 0;
    virtual std::optional<store::ListedPush> find(const std::string& organisation,
                                                  const std::string& finding) = 0;

    /// Why the whole queue waits; nothing when it does not.
    virtual std::optional<store::Pause> pause(const std::string& organisation) = 0;

    /// Which findings to try again; empty members do not restrict.
    struct Retry {
        std::string finding;
        std::string project;
        std::string cause;
    };
    /// Returns how many are queued again.
    virtual std::int64_t retry(const std::string& organisation, const Retry& which) = 0;

    /// The ticket that a finding would become under these mappings. Throws as push::Renderer::render.
    virtual push::Rendered render(const host::Finding& finding, push::MappingSource& mappings,
                                  jira::Client& client) = 0;

    /// Ends the pause of the whole queue, as far as that is ours to say.
    virtual void resume(const std::string& organisation) = 0;

    /// How many findings have their ticket in another Jira than this one.
    virtual std::int64_t ticketsElsewhere(const std::string& organisation, const std::string& system) = 0;
    /// Looks tickets of another Jira up in this one. Throws the types of jira/errors.hpp.
    virtual push::Relinked relink(const std::string& organisation, const std::string& afterFinding,
                                  jira::Client& client) = 0;

    /// A mapping changed (project empty: the organisation's): what waited for it is tried again.
    virtual void mappingChanged(const std::string& organisation, const std::string& project) = 0;
};

/// The real one. All borrowed.
class OutboxDesk : public PushDesk {
public:
    OutboxDesk(push::PushParts& parts, push::PushService& service, push::PushWorker& worker)
        : _parts(parts), _service(service), _worker(worker) {}

    std::map<store::OutboxState, std::int64_t> counts(const std::string& organisation) override;
    std::vector<store::OutboxListing::CauseCount> causes(const std::string& organisation) override;
    store::OutboxListing::Listing list(const std::string& organisation,
                                       const store::OutboxListing::Filter& filter) override;
    std::optional<store::ListedPush> find(const std::string& organisation,
                                          const std::string& finding) override;
    std::optional<store::Pause> pause(const std::string& organisation) override;
    std::int64_t retry(const std::string& organisation, const Retry& which) override;
    push::Rendered render(const host::Finding& finding, push::MappingSource& mappings,
                          jira::Client& client) override;
    void resume(const std::string& organisation) override;
    std::int64_t ticketsElsewhere(const std::string& organisation, const std::string& system) override;
    push::Relinked relink(const std::string& organisation, const std::string& afterFinding,
                          jira::Client& client) override;
    void mappingChanged(const std::string& organisation, const std::string& project) override;

private:
    push::PushParts& _parts;
    push::PushService& _service;
    push::PushWorker& _worker;
};

} // namespace jira_plugin::settings
