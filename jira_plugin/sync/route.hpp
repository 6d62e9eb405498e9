#pragma once

#include "delivery.hpp"
#include "host/services.hpp"
#include "inbox_intake.hpp"
#include "push/recent_tickets.hpp"
#include "webhook_directory.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <variant>
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

    /// Takes the answer, on any thread, also after take() has returned. Must not throw.
    using Reply = std::function<void(const DeliveryAnswer&)>;

    /// reply: called once, when the delivery is refused or durable.
    void take(const DeliveryRequest& request, const Reply& reply);

private:
    struct Admitted {
        Delivery delivery;
        std::vector<Addressee> addressees;
    };
    using Outcome = std::variant<DeliveryAnswer, Admitted>;
    enum class Signature { Good, Bad, CannotTell };

    Outcome admitFromCloud(const DeliveryRequest& request);
    Outcome admitFromServer(const DeliveryRequest& request);
    void store(const DeliveryRequest& request, const Admitted& admitted, const Reply& reply);
    std::vector<InboxRow> rowsOf(const DeliveryRequest& request, const Admitted& admitted,
                                 std::int64_t nowMs);
    /// Under the secrets of the app on Cloud.
    Signature signatureOf(const DeliveryRequest& request);
    void refuse(const DeliveryAnswer& answer, const Reply& reply);
    void reportLoss(const std::string& organisation, const std::string& reason);

    const host::Services _host;
    WebhookDirectory& _webhooks;
    InboxIntake& _intake;
    const push::RecentTickets& _recent;
};

} // namespace jira_plugin::sync
