#include "sync/ticket_reference.hpp"
#include "target.hpp"

#include <algorithm>

/// What a person types to name a ticket.
FUZZ_TARGET(ticket_reference) {
    using namespace jira_plugin::sync;
    for (const char* browse :
         {"https://acme.atlassian.net/browse/", "https://jira.example:8443/jira/browse/"}) {
        const auto reference = readTicketReference(std::string(input), browse);
        if (reference.kind != TicketReference::Kind::Key)
            continue;
        const auto belongs = [](unsigned char c) {
            return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        };
        fuzz::require(!reference.key.empty() &&
                          std::all_of(reference.key.begin(), reference.key.end(), belongs),
                      "a key holds nothing that means something in a path");
    }
}
