#pragma once

#include "comparison.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace jira_plugin::trial {

enum class TestState {
    Sending,
    InDoubt, ///< sent, and the answer was lost: looked up by its label
    There,
    Deleted, ///< by us
    Gone,    ///< by somebody in Jira
    Failed   ///< never created
};

const char* toString(TestState state); ///< "sending", "in_doubt", "there", "deleted", "gone", "failed"

/// A ticket that was made to see how tickets of a project come out.
struct TestTicket {
    std::string organisation;
    std::string id;
    std::string project; ///< id of the host's project
    std::string projectKey;
    TestState state = TestState::Sending;
    std::string label;  ///< finds it again; no other issue carries it
    std::string system; ///< the Jira it was sent to
    std::string issueId;
    std::string issueKey;
    std::string url;
    std::int64_t createdAtMs = 0;
    std::string createdBy; ///< user id
    std::int64_t deletedAtMs = 0;
    std::vector<SentField> sent;
    std::vector<ComparedField> compared; ///< empty until it was read back
    std::string message;
    std::string remedy;
};

} // namespace jira_plugin::trial
