#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <aspm/aspm.h>

#include <aspm_host/http.hpp>
#include <aspm_host/manifest.hpp>
#include <aspm_host/misbehaviour.hpp>
#include <aspm_host/model.hpp>
#include <aspm_host/options.hpp>
#include <aspm_host/services.hpp>

namespace aspm::host {

/// A settings page as registered.
struct SettingsPageInfo {
    std::string id;
    std::string title;
    std::string navigation;
    aspm_roles visibleTo = 0;
    aspm_roles openTo = 0;
    std::uint32_t maxBodySize = 0; ///< bytes, the default filled in
};

/// A webhook route as registered.
struct WebhookRouteInfo {
    std::string id;
    std::vector<std::string> methods;
    std::uint32_t scopes = 0; ///< ASPM_ROUTE_*
    std::uint32_t maxBodySize = 0;
};

struct TicketPushInfo {
    std::string id;
    std::string title;
};

struct FindingStatusInfo {
    std::string id;
    std::uint32_t interests = 0; ///< ASPM_CHANGED_*
};

struct PushRequest {
    std::uint32_t flags = 0;
    std::string organisation;
    std::string key;
    std::optional<Principal> requestedBy;
    std::vector<Finding> findings;
};

/// What the plugin said about one finding of a push.
struct PushReceipt {
    bool given = false;
    aspm_push_state state = ASPM_PUSH_NONE;
    std::string message;
    std::string remedy;
};

struct PushAnswer {
    HookResult result;
    std::vector<PushReceipt> receipts; ///< as many as findings, in their order
};

struct PreviewProblem {
    std::string message;
    std::string remedy;
};

struct PreviewAnswer {
    HookResult result;
    Fields fields;
    std::string payloadType;
    std::string payload;
    std::vector<PreviewProblem> problems;
};

struct PushStateAnswer {
    HookResult result;
    aspm_push_state state = ASPM_PUSH_NONE;
    std::int64_t sinceMs = 0;
    std::string message;
    std::string remedy;
    std::optional<TicketRef> ticket;
};

struct JobInfo {
    std::string id;
    std::int64_t dueMs = 0;
    std::int64_t intervalMs = 0; ///< 0: runs once
    bool running = false;
};

struct JobOutcome {
    std::string id;
    HookResult result;
};

/// Keeps plugins of one host from registering the same place twice. Safe from any thread.
class ClaimedIds {
public:
    ClaimedIds();
    ~ClaimedIds();

    /// Empty when the place was free and now is the plugin's, else the id of the plugin that has it.
    std::string claim(const std::string& kind, const std::string& id, const std::string& plugin);
    void release(const std::string& kind, const std::string& id);

private:
    struct State;
    std::unique_ptr<State> _state;
};

/// One plugin in this process: loaded, then started, then stopped. The hooks may be called from any thread
/// and wait for the answer at most until their deadline (HostOptions); before start and after stop they
/// answer ASPM_STATE. load, start, stop and the destructor belong to one thread.
class Plugin {
public:
    /// Reads and checks the manifest, opens the library, creates an instance. Throws Problem.
    /// services, misbehaviour and claims outlive the plugin. claims may be null: a host with one plugin.
    static std::unique_ptr<Plugin> load(const std::filesystem::path& directory, HostServices services,
                                        Misbehaviour& misbehaviour, HostOptions options = {},
                                        ClaimedIds* claims = nullptr);

    /// The same for a manifest that was read already; checks and opens its library.
    static std::unique_ptr<Plugin> load(const Manifest& manifest, HostServices services,
                                        Misbehaviour& misbehaviour, HostOptions options = {},
                                        ClaimedIds* claims = nullptr);

    /// Stops if need be, destroys the instance and closes the library, unless something of it still runs.
    ~Plugin();
    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;

    /// Starts it and takes its registrations. Throws Problem with what the plugin said; all is rolled back
    /// then and only the destructor is left.
    void start();

    /// Revokes the registrations, ends the hooks, stops it and looks whether it kept its promises.
    void stop();

    bool isRunning() const;
    const Manifest& manifest() const;
    /// The host's copy of the plugin's table.
    const aspm_plugin& table() const;
    /// What the core table's get_extension answers, or NULL.
    const void* extension(const char* id) const;

    std::vector<SettingsPageInfo> settingsPages() const;
    std::vector<WebhookRouteInfo> webhookRoutes() const;
    std::vector<TicketPushInfo> ticketPushes() const;
    std::vector<FindingStatusInfo> findingStatusHooks() const;

    /// sink: takes what the plugin flushes; without one all is collected in the answer's body.
    HttpAnswer servePage(const std::string& page, HttpRequest request, HttpSink* sink = nullptr);
    HttpAnswer serveWebhook(const std::string& route, HttpRequest request, HttpSink* sink = nullptr);

    PushAnswer push(const std::string& hook, PushRequest request);
    PreviewAnswer preview(const std::string& hook, Finding finding);
    PushStateAnswer pushState(const std::string& hook, const std::string& organisation,
                              const std::string& finding);

    /// Tells one hook of a change.
    HookResult changed(const std::string& hook, FindingChange change);

    /// Runs the jobs that are due by the clock and waits for them.
    std::vector<JobOutcome> runDueJobs(std::int64_t timeoutMs = 60'000);
    std::vector<JobInfo> jobs() const;
    /// The clock was set: look again what is due.
    void clockChanged();

private:
    class Impl;
    using HttpHandler = aspm_status (*)(aspm_instance*, aspm_call*, const aspm_http_request*,
                                        aspm_http_response*);

    HttpAnswer serve(const std::string& what, std::int64_t timeoutMs, HttpHandler handle, HttpRequest request,
                     HttpSink* sink);
    explicit Plugin(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> _impl;
};

} // namespace aspm::host
