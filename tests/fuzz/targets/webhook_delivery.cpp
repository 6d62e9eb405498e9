#include "sync/delivery.hpp"
#include "target.hpp"

#include <algorithm>
#include <cctype>

/// The body of a delivery, before anybody knows whether it is genuine.
FUZZ_TARGET(webhook_delivery) {
    const auto delivery = jira_plugin::sync::parseDelivery(input);
    if (!delivery)
        return;
    fuzz::require(!delivery->event.empty(), "a delivery has an event");
    const auto isDigit = [](unsigned char c) { return std::isdigit(c); };
    fuzz::require(std::all_of(delivery->issueId.begin(), delivery->issueId.end(), isDigit),
                  "the id of an issue is a number");
}
