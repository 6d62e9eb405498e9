#include "context.hpp"

namespace jira_plugin::connection {

namespace {

using Listeners = std::vector<std::function<void(const std::string&)>>;

void tell(std::mutex& mutex, const Listeners& listeners, const std::string& organisation) {
    Listeners current;
    {
        const std::lock_guard lock(mutex);
        current = listeners;
    }
    for (const auto& listener : current) {
        listener(organisation);
    }
}

} // namespace

void Context::changed(const std::string& organisation) const {
    tell(listenersMutex, listeners, organisation);
}

void Context::disconnecting(const std::string& organisation) const {
    tell(listenersMutex, farewells, organisation);
}

std::string Context::nameOf(const std::string& organisation, const std::string& user) const {
    const auto member = services.directory.member(organisation, user);
    return member && !member->name.empty() ? member->name : user;
}

void Context::tellAdmins(const std::string& organisation, const Announcement& news) const {
    try {
        host::Alert alert;
        alert.critical = true;
        alert.key = news.key;
        alert.title = news.title;
        alert.text = news.message + " Findings wait meanwhile; nothing is lost.";
        alert.remedy = news.remedy;
        alert.url = services.urls.settingsPage();
        services.alerts.raise(organisation, alert);
        if (!news.endedSite.empty()) {
            services.audit.record(organisation, "", "jira.connection.failed", news.endedSite, "");
            changed(organisation);
        }
    } catch (const std::exception& error) {
        services.log.error("The admins could not be told about Jira",
                           {{"organisation", organisation}, {"cause", error.what()}});
    }
}

void Context::tellOfEnds() {
    for (const ConnectionRecord& record : connections.ended()) {
        tellAdmins(record.organisation,
                   {connectionAlert, connectionEnded, record.attention, record.attentionRemedy, {}});
        const auto present = connections.load(record.organisation);
        if (!present || present->state != RecordState::NeedsAttention) // an admin came in between
            services.alerts.clear(record.organisation, connectionAlert);
    }
}

} // namespace jira_plugin::connection
