#pragma once

#include "sync_desk.hpp"

#include <functional>

namespace jira_plugin::sync {
class InboxStore;
class ManualLinks;
class OutwardDesk;
} // namespace jira_plugin::sync

namespace jira_plugin::settings {

/// The real one.
class LiveSyncDesk : public SyncDesk {
public:
    /// All borrowed, outlive this. inboxChanged: called when deliveries became due.
    LiveSyncDesk(sync::ManualLinks& links, sync::InboxStore& inbox, sync::OutwardDesk& outward,
                 host::Clock& clock, std::function<void()> inboxChanged)
        : _links(links), _inbox(inbox), _outward(outward), _clock(clock),
          _inboxChanged(std::move(inboxChanged)) {}

    Linked link(const std::string& organisation, const std::string& finding, const std::string& keyOrUrl,
                const Actor& actor) override;
    host::TicketRef unlink(const std::string& organisation, const std::string& finding,
                           const Actor& actor) override;
    void createAgain(const std::string& organisation, const std::string& finding,
                     const Actor& actor) override;
    Queue queue(const std::string& organisation, Direction direction) override;
    std::int64_t retry(const std::string& organisation, Direction direction, const std::string& id,
                       const std::string& cause) override;
    bool drop(const std::string& organisation, const std::string& id) override;

private:
    Queue incoming(const std::string& organisation);
    Queue outgoing(const std::string& organisation);

    sync::ManualLinks& _links;
    sync::InboxStore& _inbox;
    sync::OutwardDesk& _outward;
    host::Clock& _clock;
    const std::function<void()> _inboxChanged;
};

} // namespace jira_plugin::settings
