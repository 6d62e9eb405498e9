#pragma once

#include "upkeep_parts.hpp"

#include <functional>
#include <set>
#include <string>
#include <vector>

namespace jira_plugin::sync {

/// Brings the webhooks in one Jira into line with what was ordered: registers what is missing, then deletes
/// what is superfluous, leftovers of ours included. Used once, by one thread.
class WebhookRegistrar {
public:
    /// isOurs: whether a listed webhook has an address of this organisation.
    WebhookRegistrar(UpkeepParts& parts, const WebhookRow& row, jira::Webhooks& jira,
                     std::vector<jira::WebhookOrder> orders,
                     std::function<bool(const jira::Webhook&)> isOurs);

    /// anew: nothing that is there is kept. Throws the types of jira/errors.hpp; what was done until then is
    /// stored. True when anything was registered.
    bool run(bool anew);

private:
    void sort(bool anew);
    void makeRoom();
    void registerMissing();
    void removeOld();
    void refresh();
    void store();

    UpkeepParts& _parts;
    const WebhookRow& _row;
    jira::Webhooks& _jira;
    const std::vector<jira::WebhookOrder> _orders;
    const std::function<bool(const jira::Webhook&)> _isOurs;
    const bool _isDynamic;
    std::vector<const jira::WebhookOrder*> _missing;
    std::vector<WebhookRegistration> _kept;
    std::vector<std::string> _old;
    bool _hasRegistered = false;
};

} // namespace jira_plugin::sync
