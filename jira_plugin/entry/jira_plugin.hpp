#pragma once

#include "host_services.hpp"
#include "module.hpp"
#include "version.hpp"
#include "visitors.hpp"

#include <aspm/plugin.hpp>

#include <memory>

namespace jira_plugin::entry {

/// The plugin as the host sees it: takes the host's services, registers the contributions, hands each hook
/// on.
class JiraPlugin : public aspm::Plugin {
public:
    static constexpr const char* id = "com.mayoaspm.jira";
    static constexpr const char* version = pluginVersion;

    explicit JiraPlugin(const aspm::Host& host) : Plugin(host) {}

    void start(aspm::Registrar& registrar) override;
    void stop() override;
    aspm::Error describe(const std::exception& error) const override;

private:
    void page(aspm::Call& call, const aspm::HttpRequest& request, aspm::HttpResponse& response);
    void delivery(aspm::Call& call, const aspm::HttpRequest& request, aspm::HttpResponse& response);
    void push(aspm::Call& call, const aspm::PushRequest& request, aspm::PushReceipts& receipts);
    void preview(aspm::Call& call, const aspm::FindingData& finding, aspm::Preview& preview);
    void state(aspm::Call& call, std::string_view organisation, std::string_view finding,
               aspm::PushStatus& status);
    void changed(aspm::Call& call, const aspm::FindingChange& change);
    void runJob(aspm::Call& call, std::string_view job);

    std::unique_ptr<HostServices> makeServices();
    Module& module();

    Visitors _visitors; ///< the host's threads in hooks and jobs
    std::unique_ptr<HostServices> _services;
    std::unique_ptr<Module> _module;
};

} // namespace jira_plugin::entry
