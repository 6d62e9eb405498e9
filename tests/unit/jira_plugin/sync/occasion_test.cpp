#include "sync/occasion.hpp"

#include <catch2/catch.hpp>

using namespace jira_plugin::sync;
namespace host = jira_plugin::host;
using Status = host::FindingStatus;

namespace {

host::FindingChange statusChange(Status from, Status to, const std::string& actor = "ann") {
    host::FindingChange change;
    change.statusChanged = true;
    change.oldStatus = from;
    change.finding.status = to;
    change.actor = actor;
    return change;
}

std::optional<Occasion> occasionOf(const host::FindingChange& change) {
    const auto arisen = occasionsOf(change);
    return arisen.empty() ? std::nullopt : arisen.front().occasion;
}

} // namespace

TEST_CASE("a change of status is named by what it became and who did it", "[sync][occasion]") {
    CHECK(occasionOf(statusChange(Status::Open, Status::Resolved)) == Occasion::Resolved);
    CHECK(occasionOf(statusChange(Status::Open, Status::Resolved, "policy")) == Occasion::Resolved);
    CHECK(occasionOf(statusChange(Status::Open, Status::Resolved, "scan")) == Occasion::ResolvedByScan);
    CHECK(occasionOf(statusChange(Status::Open, Status::NotFound, "scan")) == Occasion::ResolvedByScan);
    CHECK(occasionOf(statusChange(Status::Open, Status::Accepted)) == Occasion::Accepted);
    CHECK(occasionOf(statusChange(Status::Open, Status::FalsePositive)) == Occasion::FalsePositive);
    CHECK(occasionOf(statusChange(Status::Resolved, Status::Open, "scan")) == Occasion::Reopened);
    CHECK(occasionOf(statusChange(Status::AwaitingScan, Status::Open, "scan")) == Occasion::Reopened);
}

TEST_CASE("nothing follows from what this plugin did itself", "[sync][occasion]") {
    auto change = statusChange(Status::Open, Status::Resolved, ownActor);
    CHECK(occasionsOf(change).empty());
    change.deleted = true;
    CHECK(occasionsOf(change).empty());
}

TEST_CASE("nothing follows from a status that is the same to the ticket", "[sync][occasion]") {
    CHECK(occasionsOf(statusChange(Status::Resolved, Status::NotFound, "scan")).empty());
    CHECK(occasionsOf(statusChange(Status::Open, Status::AwaitingScan)).empty());
}

TEST_CASE("a change of severity is told and its fields are kept in step", "[sync][occasion]") {
    host::FindingChange change;
    change.severityChanged = true;
    change.oldSeverity = host::Severity::Low;
    change.finding.severity = host::Severity::Critical;
    change.finding.dueDate = "2026-03-01";
    const auto arisen = occasionsOf(change);
    REQUIRE(arisen.size() == 2);
    CHECK(arisen[0].occasion == Occasion::SeverityChanged);
    CHECK(arisen[0].oldValue == "low");
    CHECK(arisen[1].kind == Arisen::Kind::Fields);
    CHECK(arisen[1].oldValue == "low 2026-03-01");
}

TEST_CASE("a deleted finding is told of as that alone", "[sync][occasion]") {
    auto change = statusChange(Status::Open, Status::Resolved);
    change.deleted = true;
    const auto arisen = occasionsOf(change);
    REQUIRE(arisen.size() == 1);
    CHECK(arisen[0].occasion == Occasion::Deleted);
}

TEST_CASE("words for occasions and kinds are read as they are written", "[sync][occasion]") {
    for (std::size_t i = 0; i < occasionCount; ++i)
        CHECK(occasionFromString(toString(static_cast<Occasion>(i))) == static_cast<Occasion>(i));
    CHECK_THROWS_AS(occasionFromString("party"), std::invalid_argument);
    CHECK(kindFromString("fields") == Arisen::Kind::Fields);
}
