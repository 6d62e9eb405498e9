#include "webhook_registrar.hpp"

#include "webhook_orders.hpp"

#include "connection/encoding.hpp"

#include <algorithm>

namespace jira_plugin::sync {
namespace {

constexpr std::int64_t dayMs = 24LL * 60 * 60 * 1000;
// Of the 30 days that a webhook of Cloud lives.
constexpr std::int64_t refreshAfterMs = 7 * dayMs;

} // namespace

WebhookRegistrar::WebhookRegistrar(UpkeepParts& parts, const WebhookRow& row, jira::Webhooks& jira,
                                   std::vector<jira::WebhookOrder> orders,
                                   std::function<bool(const jira::Webhook&)> isOurs)
    : _parts(parts), _row(row), _jira(jira), _orders(std::move(orders)), _isOurs(std::move(isOurs)),
      _isDynamic(jira.kind() == jira::Webhooks::Kind::Dynamic) {}

bool WebhookRegistrar::run(bool anew) {
    sort(anew);
    makeRoom();
    registerMissing();
    removeOld();
    refresh();
    return _hasRegistered;
}

/// Decides for each webhook that is ours whether it stays.
void WebhookRegistrar::sort(bool anew) {
    std::set<std::string> known;
    for (const auto& registration : _parts.webhooks.registrations(_row.organisation))
        known.insert(registration.id);
    std::set<std::string> foreign;
    for (const auto& id : _parts.webhooks.idsOfOthers(_row.organisation, _row.siteHost))
        foreign.insert(id);
    for (const auto& order : _orders)
        _missing.push_back(&order);
    for (const auto& webhook : _jira.list()) {
        if (known.count(webhook.id) == 0 && (foreign.count(webhook.id) != 0 || !_isOurs(webhook)))
            continue;
        const bool isAlive =
            webhook.enabled && (webhook.expiresAtMs == 0 || webhook.expiresAtMs > _parts.nowMs());
        const auto order = std::find_if(_missing.begin(), _missing.end(), [&](const auto* each) {
            return differenceOf(*each, webhook).empty();
        });
        if (anew || !isAlive || order == _missing.end()) {
            _old.push_back(webhook.id);
            continue;
        }
        _kept.push_back({webhook.id, connection::sha256Hex((*order)->url), (*order)->events, (*order)->jql,
                         webhook.expiresAtMs});
        _missing.erase(order);
    }
}

/// New ones come before old ones go, so that nothing is missed between; but Cloud takes only so many.
void WebhookRegistrar::makeRoom() {
    if (!_isDynamic)
        return;
    std::vector<std::string> removed;
    while (!_old.empty() && _kept.size() + _old.size() + _missing.size() > mostWebhooks) {
        removed.push_back(_old.back());
        _old.pop_back();
    }
    if (!removed.empty())
        _jira.remove(removed);
}

void WebhookRegistrar::registerMissing() {
    for (const auto* order : _missing) {
        const std::string id = _jira.add(*order);
        _kept.push_back({id, connection::sha256Hex(order->url), order->events, order->jql, 0});
        _hasRegistered = true;
        store(); // a delivery may follow at once
    }
    if (!_hasRegistered)
        return;
    for (const auto& webhook : _jira.list()) // when they expire
        for (auto& registration : _kept)
            if (registration.id == webhook.id)
                registration.expiresAtMs = webhook.expiresAtMs;
    store();
}

void WebhookRegistrar::removeOld() {
    if (!_old.empty())
        _jira.remove(_old);
    store();
}

void WebhookRegistrar::refresh() {
    if (!_isDynamic || _kept.empty() || _hasRegistered ||
        _parts.nowMs() - _row.refreshedAtMs < refreshAfterMs)
        return;
    std::vector<std::string> ids;
    for (const auto& registration : _kept)
        ids.push_back(registration.id);
    _parts.webhooks.saveRefreshed(_row.organisation, _parts.nowMs(), _jira.refresh(ids));
}

void WebhookRegistrar::store() {
    _parts.webhooks.saveRegistrations(_row.organisation, _row.siteHost, _kept,
                                      _hasRegistered ? _parts.nowMs() : 0);
}

} // namespace jira_plugin::sync
