#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <vector>

/// Checks that find out why tickets do not come out as they should.
namespace jira_plugin::diagnosis {

enum class CheckState { Running, Ok, Warning, Failed, Skipped };

const char* toString(CheckState state); ///< "running", "ok", "warning", "failed", "skipped"

/// Something that can be done about it from here without harm.
struct Fix {
    std::string id;
    std::string label;
};

/// What a check found.
struct Judgement {
    CheckState state = CheckState::Ok;
    std::string evidence; ///< what was seen
    std::string cause;    ///< what is wrong; empty when nothing is
    std::string remedy;   ///< what to do
    std::optional<Fix> fix = std::nullopt;
};

Judgement ok(std::string evidence);
Judgement skipped(std::string evidence);

/// What an exception means to a check that ran into it: the types of jira/errors.hpp and TransportError carry
/// their own cause and remedy.
Judgement judge(const std::exception_ptr& error);

/// A check that can be run.
struct CheckKind {
    const char* id;
    const char* title;
    bool perProject;                ///< runs once per mapped project
    std::vector<std::string> needs; ///< checks without which it makes no sense
};

/// All of them, in the order in which they run: each rests on what comes before it.
const std::vector<CheckKind>& checkKinds();

/// A check and what came of it.
struct CheckResult {
    std::string check;
    std::string project; ///< key of the host's project; empty: the organisation
    std::string title;
    Judgement judgement;
    std::int64_t tookMs = 0;
};

/// 2026-01-31 09:30 UTC
std::string utcText(std::int64_t ms);

/// "1 project", "2 projects"
std::string countText(std::int64_t count, const std::string& thing);

} // namespace jira_plugin::diagnosis
