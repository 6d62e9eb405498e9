#include "kill_point.hpp"

// Alone in its file: a library with another killPoint() among its own objects never takes these from the
// archive.
namespace jira_plugin {

void killPoint(const char* /*name*/) noexcept {}

bool isMissing(const char* /*name*/) noexcept {
    return false;
}

} // namespace jira_plugin
