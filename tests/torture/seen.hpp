#pragma once

#include "evidence.hpp"
#include "http_client.hpp"
#include "stub_host.hpp"

#include <string>
#include <vector>

/// How what programs answer becomes evidence.
namespace torture {

/// All findings of an organisation with their timelines.
std::vector<FindingSeen> findingsSeen(const test_support::StubHost& host, const std::string& organisation);
TicketSeen ticketSeen(const test_support::Json& issue);
/// What the settings page shows of the queues. admin: signed in.
void queueSeen(test_support::HttpClient& admin, Evidence& evidence);

} // namespace torture
