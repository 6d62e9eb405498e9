#pragma once

#include "evidence.hpp"
#include "http_client.hpp"
#include "simulator.hpp"
#include "stub_host.hpp"

#include <chrono>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

/// How what programs answer becomes evidence.
namespace torture {

/// All findings of an organisation with their timelines.
std::vector<FindingSeen> findingsSeen(const test_support::StubHost& host, const std::string& whose);
TicketSeen ticketSeen(const test_support::Json& issue);
/// What the settings page shows of the queues. admin: signed in.
void queueSeen(test_support::HttpClient& admin, Evidence& evidence);
/// Secrets that Jira gave out, and that of the app, which stand in clear in files below the directories.
/// known: files in which an operator wrote them.
void leaksSeen(const test_support::Simulator& jira, const std::vector<std::filesystem::path>& directories,
               const std::set<std::filesystem::path>& known, Evidence& evidence);
/// Has everything compared with Jira, and returns the counts of the report; empty, with the reason in the
/// evidence, when that does not end well within the limit. admin: signed in.
std::string comparisonSeen(test_support::HttpClient& admin, std::chrono::seconds limit, Evidence& evidence);

} // namespace torture
