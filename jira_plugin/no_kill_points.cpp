#include "kill_point.hpp"

// Alone in its file: a library with another killPoint() among its own objects never takes this one from the
// archive.
namespace jira_plugin {

void killPoint(const char* /*name*/) noexcept {}

} // namespace jira_plugin
