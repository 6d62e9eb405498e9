#pragma once

#include "connection/secret.hpp"
#include "delivery.hpp"
#include "host/services.hpp"
#include "inbox_intake.hpp"
#include "push/recent_tickets.hpp"
#include "webhook_directory.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace jira_plugin::sync {

/// A delivery as the host hands it over; the views last as long as the call.
struct DeliveryRequest {
    std::string_view organisation; ///< empty on the route that is for all
    std::string_view path;         ///< below the route
    std::string_view body;
    std::string_view contentType;
    std::string_view authorization;
    std::string_view signature;  ///< X-Hub-Signature
    std::string_view identifier; ///< X-Atlassian-Webhook-Identifier
};

struct DeliveryAnswer {
    int status = 200;
    std::string text; ///< for whoever reads the log of the other side
};

/// The webhook route: says who sends, stores what is said, answers. Nothing goes to Jira meanwhile. Cloud
/// delivers to the one URL of the app, Data Center to an URL of the organisation. Safe from any thread.
///
/// Jira comes again after 408, 409, 425, 429, 5xx and time-outs, and takes everything else as final: so what
/// is only our trouble answers 503, and what will never be right answers 4xx.
/// Source: developer.atlassian.com, Jira Cloud platform, "Webhooks", delivery and retries.
class Route {
public:
    /// All borrowed. recent: creations of these are no news.
    Route(const host::Services& services, WebhookDirectory& webhooks, InboxIntake& intake,
          const push::RecentTickets& recent);

    DeliveryAnswer take(const DeliveryRequest& request);

private:
    DeliveryAnswer takeFromCloud(const DeliveryRequest& request);
    DeliveryAnswer takeFromServer(const DeliveryRequest& request);
    DeliveryAnswer store(const DeliveryRequest& request, const Delivery& delivery,
                         const std::vector<Addressee>& addressees);
    std::vector<connection::Secret> appSecrets();

    const host::Services _host;
    WebhookDirectory& _webhooks;
    InboxIntake& _intake;
    const push::RecentTickets& _recent;
};

} // namespace jira_plugin::sync
