#include "pusher.hpp"

#include <algorithm>

#include <Poco/UUIDGenerator.h>

#include <aspm_host/problem.hpp>

namespace aspm::host {

namespace {
// Large enough that the plugin commits what arrives together, small enough to hold in memory.
constexpr std::size_t pageSize = 500;
constexpr std::size_t mostRefusals = 100;
} // namespace

PushOutcome Pusher::push(Plugin& plugin, const std::string& hook, const PushOrder& order) {
    return order.findings.empty() ? pushAll(plugin, hook, order) : pushNamed(plugin, hook, order);
}

Finding Pusher::findingOf(const PushOrder& order, const std::string& id) {
    auto found = _findings.find(order.organisation, id);
    if (!found || (!order.project.empty() && found->finding.project != order.project))
        throw ServiceError(ASPM_NOT_FOUND, "There is no finding " + id + " in this project.",
                           "List what there is with host_stub findings.");
    return std::move(found->finding);
}

PushOutcome Pusher::pushNamed(Plugin& plugin, const std::string& hook, const PushOrder& order) {
    // Looked at before the first page goes out: a slip in the last id must not leave half an order.
    for (const std::string& id : order.findings)
        findingOf(order, id);
    PushOutcome outcome;
    for (std::size_t from = 0; from < order.findings.size(); from += pageSize) {
        std::vector<Finding> page;
        for (std::size_t i = from; i < std::min(from + pageSize, order.findings.size()); ++i)
            page.push_back(findingOf(order, order.findings[i]));
        pushPage(plugin, hook, order, std::move(page), outcome);
    }
    return outcome;
}

PushOutcome Pusher::pushAll(Plugin& plugin, const std::string& hook, const PushOrder& order) {
    PushOutcome outcome;
    FindingFilter filter;
    filter.project = order.project;
    filter.onlyPushable = true;
    filter.alsoParked = order.retry;
    filter.limit = pageSize;
    for (;;) {
        auto rows = _findings.page(order.organisation, filter);
        if (rows.empty())
            return outcome;
        filter.after = rows.back().finding.id;
        std::vector<Finding> page;
        page.reserve(rows.size());
        for (FindingWithPush& row : rows)
            page.push_back(std::move(row.finding));
        pushPage(plugin, hook, order, std::move(page), outcome);
        if (rows.size() < pageSize)
            return outcome;
    }
}

void Pusher::pushPage(Plugin& plugin, const std::string& hook, const PushOrder& order,
                      std::vector<Finding> findings, PushOutcome& outcome) {
    PushRequest request;
    request.flags = order.retry ? ASPM_PUSH_RETRY : 0;
    request.organisation = order.organisation;
    request.key = Poco::UUIDGenerator::defaultGenerator().createRandom().toString();
    request.requestedBy = order.requestedBy;
    std::vector<FindingStore::Receipt> receipts;
    receipts.reserve(findings.size());
    for (const Finding& finding : findings)
        receipts.push_back({finding.id, ASPM_PUSH_NONE, "", ""});
    std::string key = request.key;
    _findings.noteAsked(plugin.manifest().id, order.organisation, key,
                        order.requestedBy ? order.requestedBy->userName : "", findings);
    request.findings = std::move(findings);
    PushAnswer answer = plugin.push(hook, std::move(request));
    if (!answer.result.ok())
        throw ServiceError(ASPM_STATE,
                           plugin.manifest().name + " did not take the request: " + answer.result.message,
                           answer.result.remedy);
    for (std::size_t i = 0; i < receipts.size(); ++i) {
        const PushReceipt& given = answer.receipts[i];
        receipts[i] = {receipts[i].finding, given.state, given.message, given.remedy};
        ++outcome.asked;
        ++outcome.states[given.state];
        if (given.state == ASPM_PUSH_REFUSED && outcome.refused.size() < mostRefusals)
            outcome.refused.push_back({receipts[i].finding, given.message, given.remedy});
    }
    _findings.noteReceipts(order.organisation, key, receipts);
}

} // namespace aspm::host
