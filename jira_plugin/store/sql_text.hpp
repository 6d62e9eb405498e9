#pragma once

#include <cstddef>
#include <string>

namespace jira_plugin::store {

/// "$first, $first+1, ..." for this many values of an IN list.
inline std::string placeholders(std::size_t first, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += (i == 0 ? "$" : ", $") + std::to_string(first + i);
    return text;
}

} // namespace jira_plugin::store
