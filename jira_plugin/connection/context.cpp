#include "context.hpp"

namespace jira_plugin::connection {

void Context::changed(const std::string& organisation) const {
    std::vector<std::function<void(const std::string&)>> current;
    {
        const std::lock_guard lock(listenersMutex);
        current = listeners;
    }
    for (const auto& listener : current) {
        listener(organisation);
    }
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

} // namespace jira_plugin::connection
