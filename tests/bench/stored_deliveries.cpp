#include "stored_deliveries.hpp"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <filesystem>
#include <stdexcept>

namespace bench {
namespace {

std::string storeOf(const test_support::StubHost& host) {
    for (const auto& each : std::filesystem::recursive_directory_iterator(host.data()))
        if (each.path().filename() == "jira.sqlite")
            return each.path().string();
    throw std::runtime_error("The host has no jira.sqlite.");
}

} // namespace

long long storedDeliveries(const test_support::StubHost& host) {
    using namespace Poco::Data::Keywords;
    Poco::Data::SQLite::Connector::registerConnector();
    Poco::Data::Session session("SQLite", storeOf(host));
    Poco::Int64 count = 0;
    session << "SELECT COUNT(*) FROM inbox WHERE event = 'jira:issue_updated'", into(count), now;
    return count;
}

} // namespace bench
