#include "jira_plugin.hpp"

#include "convert.hpp"
#include "describe.hpp"
#include "http_bridge.hpp"

namespace jira_plugin::entry {
namespace {

constexpr const char* pageId = "jira";
constexpr const char* routeId = "jira";
// Deliveries hold the whole issue; Jira sends none over 25 MB, and hardly any over a few hundred KiB.
constexpr std::uint32_t largestDelivery = 2 * 1024 * 1024;

} // namespace

void JiraPlugin::start(aspm::Registrar& registrar) {
    _services = makeServices();
    _module = std::make_unique<Module>(_services->services(), _services->dataDirectory());

    constexpr aspm_roles everybody = ASPM_ROLE_ADMIN | ASPM_ROLE_PROJECT_ADMIN | ASPM_ROLE_MEMBER;
    // Members reach the handler too: it tells them whom to ask, and lets them finish what they were handed.
    registrar.add<&JiraPlugin::page>(aspm::SettingsPage{
        pageId, "Jira", "Integrations / Jira", ASPM_ROLE_ADMIN | ASPM_ROLE_PROJECT_ADMIN, everybody, 0});
    registrar.add<&JiraPlugin::push, &JiraPlugin::preview, &JiraPlugin::state>(
        aspm::TicketPush{"jira", "Create Jira ticket"});
    registrar.add<&JiraPlugin::delivery>(aspm::WebhookRoute{
        routeId, "POST", ASPM_ROUTE_PER_ORGANISATION | ASPM_ROUTE_GLOBAL, largestDelivery});
    registrar.add<&JiraPlugin::changed>(
        aspm::FindingStatusHook{"jira", ASPM_CHANGED_STATUS | ASPM_CHANGED_SEVERITY | ASPM_CHANGED_DUE_DATE |
                                            ASPM_CHANGED_TEXT | ASPM_CHANGED_DELETED});
}

void JiraPlugin::stop() {
    if (_module)
        _module->stop();
    _visitors.waitUntilGone(); // what they waited for has ended
    _module.reset();
    _services.reset();
}

aspm::Error JiraPlugin::describe(const std::exception& error) const {
    return entry::describe(error);
}

std::unique_ptr<HostServices> JiraPlugin::makeServices() {
    // Jobs are told to the host by name only; their work stays with HostServices.
    const auto scheduler = host().service<aspm::Scheduler>();
    return std::make_unique<HostServices>(
        host(), pageId, routeId,
        [this, scheduler](const std::string& job, std::int64_t intervalMs) {
            const aspm::OwnCall call = host().beginCall();
            scheduler.every<&JiraPlugin::runJob>(call, *this, job, intervalMs);
        },
        [this, scheduler](const std::string& job, std::int64_t atMs) {
            const aspm::OwnCall call = host().beginCall();
            scheduler.at<&JiraPlugin::runJob>(call, *this, job, atMs);
        },
        [this, scheduler](const std::string& job) {
            const aspm::OwnCall call = host().beginCall();
            scheduler.cancel(call, job);
        });
}

Module& JiraPlugin::module() {
    if (!_module)
        throw aspm::StateError("The Jira plugin is not started.");
    return *_module;
}

void JiraPlugin::page(aspm::Call& call, const aspm::HttpRequest& request, aspm::HttpResponse& response) {
    const Visitors::Visit visit(_visitors);
    send(module().api().handle(toRequest(request)), call, response);
}

// Answered when it is on the disk, by the thread that wrote it: no thread of the host waits for that.
void JiraPlugin::delivery(aspm::Call& call, const aspm::HttpRequest& request, aspm::HttpResponse& response) {
    const Visitors::Visit visit(_visitors);
    const auto deferred = std::make_shared<aspm::Deferred>(call.defer());
    module().sync().delivery(toDelivery(request), [deferred, response](const auto& answer) {
        try {
            aspm::HttpResponse out = response;
            send(answer, out);
            deferred->complete();
        } catch (const std::exception& problem) {
            deferred->fail(entry::describe(problem));
        }
    });
}

void JiraPlugin::push(aspm::Call&, const aspm::PushRequest& request, aspm::PushReceipts& receipts) {
    const Visitors::Visit visit(_visitors);
    const auto who = request.requestedBy();
    push::PushService::Request asked{std::string(request.organisation()), who ? who->user : "",
                                     request.isRetry()};
    host::Finding current; // one at a time, so that ten thousand of them do not fill the memory
    const auto source = [&](std::size_t next) -> const host::Finding* {
        if (next == request.size())
            return nullptr;
        current = toFinding(request.finding(next));
        return &current;
    };
    std::size_t index = 0;
    module().pushes().request(asked, source, [&](const push::Receipt& receipt) {
        receipts.set(index++, static_cast<aspm_push_state>(receipt.state), receipt.message, receipt.remedy);
    });
}

void JiraPlugin::preview(aspm::Call&, const aspm::FindingData& finding, aspm::Preview& out) {
    const Visitors::Visit visit(_visitors);
    const push::Preview shown = module().pushes().preview(toFinding(finding));
    for (const auto& [name, value] : shown.fields)
        out.addField(name, value);
    if (!shown.body.empty())
        out.setPayload("application/json", shown.body);
    for (const auto& problem : shown.problems)
        out.addProblem(problem.message, problem.remedy);
}

void JiraPlugin::state(aspm::Call&, std::string_view organisation, std::string_view finding,
                       aspm::PushStatus& status) {
    const Visitors::Visit visit(_visitors);
    const push::Receipt receipt = module().pushes().state(std::string(organisation), std::string(finding));
    const auto ticket =
        receipt.ticket ? std::optional<aspm::TicketRef>(toTicket(*receipt.ticket)) : std::nullopt;
    status.set(static_cast<aspm_push_state>(receipt.state), receipt.sinceMs, receipt.message, receipt.remedy,
               ticket ? &*ticket : nullptr);
}

void JiraPlugin::changed(aspm::Call&, const aspm::FindingChange& change) {
    const Visitors::Visit visit(_visitors);
    const host::FindingChange told = toChange(change);
    module().pushes().findingChanged(told.finding, told.deleted);
    module().sync().findingChanged(told);
}

void JiraPlugin::runJob(aspm::Call&, std::string_view job) {
    const Visitors::Visit visit(_visitors);
    _services->runJob(std::string(job));
}

} // namespace jira_plugin::entry

ASPM_PLUGIN(jira_plugin::entry::JiraPlugin, jira_plugin::entry::JiraPlugin::id,
            jira_plugin::entry::JiraPlugin::version);
