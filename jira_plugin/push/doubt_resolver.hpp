#pragma once

#include "doubt.hpp"
#include "push_parts.hpp"

#include <map>
#include <string>
#include <vector>

namespace jira_plugin::push {

/// Looks up issues whose creation is in doubt by their labels, many in one request, and adopts them, sends
/// them again or looks later. Nothing is ever sent again without that. One thread at a time per organisation.
class DoubtResolver {
public:
    explicit DoubtResolver(PushParts& parts) : _parts(parts) {}

    /// One round; false when nothing was due or the queue is closed. Throws store::StoreError.
    bool run(const std::string& organisation);

    /// An issue that was heard of and read by itself, long before the search may know it: ends the doubt of
    /// the row that waits for it. False when none does. Throws store::StoreError.
    bool adopt(const std::string& organisation, jira::Client& client, const jira::Issue& issue);

private:
    using Found = std::map<std::string, std::vector<jira::Issue>>;
    /// When a search began, by the host's clock and by one that nobody sets.
    struct Moment {
        std::int64_t ms;
        DoubtWatch::Moment steady;
    };

    Found search(jira::Client& client, const std::vector<store::OutboxRow>& rows);
    void forgetFormers(const jira::Client& client, const std::vector<store::OutboxRow>& rows, Found& found);
    void settle(const std::string& organisation, jira::Client& client,
                const std::vector<store::OutboxRow>& rows, const Found& found, Moment lookedUpAt);
    void postpone(const std::string& organisation, const std::vector<store::OutboxRow>& rows,
                  std::int64_t byMs, const std::string& reason);
    store::OutboxChange adopt(const store::OutboxRow& row, jira::Client& client,
                              const DoubtRuling& ruling) const;

    PushParts& _parts;
};

} // namespace jira_plugin::push
