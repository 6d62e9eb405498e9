#include "route.hpp"

#include "connection/encoding.hpp"
#include "delivery_auth.hpp"
#include "mapping/text.hpp"

#include <algorithm>
#include <utility>

namespace jira_plugin::sync {
namespace {

// The same words for an unknown organisation, an unknown path and a disconnected Jira.
const DeliveryAnswer nothingHere{404, "There is no webhook here."};
const DeliveryAnswer notAuthentic{401, "This delivery is not signed as it must be."};
const DeliveryAnswer notJson{415, "A delivery is application/json."};
const DeliveryAnswer tryLater{503, "The delivery could not be stored. Please send it again."};

constexpr std::size_t longestToken = 200;

bool isJson(std::string_view contentType) {
    const std::string type = mapping::lowerAscii(contentType.substr(0, contentType.find(';')));
    const auto end = type.find_last_not_of(" \t");
    return end != std::string::npos && type.substr(0, end + 1) == "application/json";
}

DeliveryAnswer unreadable() {
    return {400, "The body is not a delivery of Jira."};
}

/// Cloud names each delivery; Data Center does not, so there it is what happened, to what and when.
std::string digestOf(std::string_view identifier, const Delivery& delivery, std::string_view body) {
    if (!identifier.empty())
        return connection::sha256Hex("named " + std::string(identifier));
    if (delivery.atMs == 0)
        return connection::sha256Hex("whole " + std::string(body));
    std::string facts = "facts";
    for (const std::string& fact : {delivery.event, delivery.issueId, std::to_string(delivery.atMs),
                                    delivery.changelogId, delivery.commentId, delivery.propertyKey})
        facts += " " + std::to_string(fact.size()) + ":" + fact;
    return connection::sha256Hex(facts);
}

/// Begins with when it happened, which stays the same when it comes again: so those of a time lie side by
/// side in the store, and a flush writes few pages.
std::string identityOf(std::string_view identifier, const Delivery& delivery, std::string_view body) {
    constexpr std::size_t digits = 13; // of milliseconds, until the year 2286
    const std::string when = std::to_string(std::max<std::int64_t>(delivery.atMs, 0));
    return std::string(digits - std::min(digits, when.size()), '0') + when + "-" +
           digestOf(identifier, delivery, body);
}

InboxRow rowOf(const Delivery& delivery, const Addressee& addressee, const std::string& identity,
               std::int64_t nowMs) {
    InboxRow row;
    row.organisation = addressee.organisation;
    row.delivery = identity;
    row.system = addressee.system;
    row.issueId = delivery.issueId;
    row.event = delivery.event;
    row.changesStatus = delivery.changesStatus;
    row.concernsComments = delivery.concernsComments;
    row.isCreation = delivery.isCreation;
    row.isDeletion = delivery.isDeletion;
    row.carriesMark = delivery.carriesMark;
    row.actor = delivery.actor;
    row.happenedAtMs = delivery.atMs;
    row.issueUpdatedMs = delivery.issueUpdatedMs;
    row.receivedAtMs = nowMs;
    return row;
}

/// Empty: there was none.
std::string reasonOf(const std::exception_ptr& problem) {
    try {
        if (problem)
            std::rethrow_exception(problem);
        return {};
    } catch (const std::exception& known) {
        return known.what();
    } catch (...) {
        return "It is unknown why.";
    }
}

bool isOfInterest(const Delivery& delivery) {
    const bool isProperty = delivery.event.compare(0, 15, "issue_property_") == 0;
    return !delivery.issueId.empty() && !isProperty;
}

} // namespace

Route::Route(const host::Services& services, WebhookDirectory& webhooks, InboxIntake& intake,
             const push::RecentTickets& recent)
    : _host(services), _webhooks(webhooks), _intake(intake), _recent(recent) {}

void Route::take(const DeliveryRequest& request, const Reply& reply) {
    _host.metrics.add("jira_webhook_deliveries_total", 1);
    try {
        const Outcome outcome =
            request.organisation.empty() ? admitFromCloud(request) : admitFromServer(request);
        if (const auto* refusal = std::get_if<DeliveryAnswer>(&outcome))
            return refuse(*refusal, reply);
        store(request, std::get<Admitted>(outcome), reply);
    } catch (const std::exception& problem) {
        reportLoss(std::string(request.organisation), problem.what());
        refuse(tryLater, reply);
    }
}

void Route::refuse(const DeliveryAnswer& answer, const Reply& reply) {
    _host.metrics.add("jira_webhook_refused_total", 1);
    reply(answer);
}

void Route::reportLoss(const std::string& organisation, const std::string& reason) {
    _host.log.error("A delivery of Jira could not be stored; Jira is asked to send it again.",
                    {{"organisation", organisation}, {"reason", reason}});
}

// The secret before this one is asked for only where it may matter: it is seldom set.
Route::Signature Route::signatureOf(const DeliveryRequest& request) {
    bool hasSecret = false;
    for (const char* key : {"jira.cloud.client_secret", "jira.cloud.previous_client_secret"}) {
        const auto value = _host.config.get(key);
        if (!value || value->empty())
            continue;
        hasSecret = true;
        if (isSignedByApp(request.authorization, connection::Secret(*value), _host.clock.nowMs()))
            return Signature::Good;
    }
    return hasSecret ? Signature::Bad : Signature::CannotTell;
}

Route::Outcome Route::admitFromCloud(const DeliveryRequest& request) {
    if (!request.path.empty() && request.path != "/")
        return nothingHere;
    if (!isJson(request.contentType))
        return notJson;
    const Signature signature = signatureOf(request);
    if (signature == Signature::CannotTell)
        return tryLater; // the operator's omission, not the sender's: what Jira sends now must not be lost
    if (signature == Signature::Bad)
        return notAuthentic;
    auto delivery = parseDelivery(request.body);
    if (!delivery)
        return unreadable();
    if (delivery->webhookIds.empty() || delivery->siteHost.empty())
        return nothingHere;
    auto addressees = _webhooks.byWebhook(delivery->webhookIds, delivery->siteHost);
    if (addressees.empty())
        return nothingHere;
    return Admitted{std::move(*delivery), std::move(addressees)};
}

Route::Outcome Route::admitFromServer(const DeliveryRequest& request) {
    if (request.path.size() < 2 || request.path.size() > longestToken || request.path.front() != '/')
        return nothingHere;
    const std::string digest = connection::sha256Hex(std::string(request.path.substr(1)));
    const auto addressee = _webhooks.byPathToken(std::string(request.organisation), digest);
    if (!addressee || addressee->organisation != request.organisation)
        return nothingHere;
    if (!isJson(request.contentType)) // not before: it would tell a path that exists from one that does not
        return notJson;
    if (!addressee->secrets.empty() && !isSignedWith(request.signature, request.body, addressee->secrets))
        return notAuthentic;
    auto delivery = parseDelivery(request.body);
    if (!delivery)
        return unreadable();
    return Admitted{std::move(*delivery), {*addressee}};
}

std::vector<InboxRow> Route::rowsOf(const DeliveryRequest& request, const Admitted& admitted,
                                    std::int64_t nowMs) {
    const Delivery& delivery = admitted.delivery;
    std::vector<InboxRow> rows;
    if (!isOfInterest(delivery))
        return rows;
    const std::string identity = identityOf(request.identifier, delivery, request.body);
    for (const Addressee& addressee : admitted.addressees)
        if (!delivery.isCreation || !_recent.has(addressee.system, delivery.issueId))
            rows.push_back(rowOf(delivery, addressee, identity, nowMs));
    return rows;
}

void Route::store(const DeliveryRequest& request, const Admitted& admitted, const Reply& reply) {
    const std::int64_t now = _host.clock.nowMs();
    const Delivery& delivery = admitted.delivery;
    std::vector<Heard> heard;
    for (const Addressee& addressee : admitted.addressees)
        heard.push_back({addressee.organisation, delivery.event, delivery.issueId, delivery.propertyKey,
                         delivery.propertyValue, now});
    const auto taken = [this, reply, heard = std::move(heard)](const std::string& problem) {
        if (!problem.empty()) {
            reportLoss(heard.front().organisation, problem);
            return refuse(tryLater, reply);
        }
        for (const Heard& each : heard)
            _webhooks.heard(each);
        reply({200, ""});
    };
    auto rows = rowsOf(request, admitted, now);
    if (rows.empty())
        return taken("");
    _intake.add(std::move(rows), [taken](const std::exception_ptr& problem) { taken(reasonOf(problem)); });
}

} // namespace jira_plugin::sync
