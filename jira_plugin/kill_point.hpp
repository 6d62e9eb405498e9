#pragma once

namespace jira_plugin {

/// A moment at which the death of the process is told apart from any other: before and after what cannot be
/// taken back. Does nothing in the library that is shipped; in the one that the torture loads, this may be
/// the last thing that the process does. name: "part.moment", a literal. Safe from any thread.
void killPoint(const char* name) noexcept;

/// Whether a part of the machine that cannot be taken away from outside the process is to be missing: "dns",
/// the name service. Never in the library that is shipped. Safe from any thread.
bool isMissing(const char* name) noexcept;

} // namespace jira_plugin
