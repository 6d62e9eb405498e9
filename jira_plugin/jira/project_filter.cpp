#include "project_filter.hpp"

#include <algorithm>

#include <Poco/String.h>
#include <Poco/UTF8String.h>

namespace jira_plugin::jira {
namespace {

bool has(const std::string& text, const std::string& lowerPart) {
    return Poco::UTF8::toLower(text).find(lowerPart) != std::string::npos;
}

} // namespace

Page<ProjectRef> projectPage(const std::vector<ProjectRef>& all, const std::string& query,
                             std::int64_t startAt, int maxResults) {
    const std::string wanted = Poco::UTF8::toLower(Poco::trim(query));
    const std::int64_t first = std::max<std::int64_t>(startAt, 0);
    const std::int64_t last = first + std::clamp(maxResults, 1, 100);
    Page<ProjectRef> page;
    page.total = 0;
    for (const auto& project : all) {
        if (!has(project.name, wanted) && !has(project.key, wanted)) {
            continue;
        }
        if (page.total >= first && page.total < last) {
            page.values.push_back(project);
        }
        ++page.total;
    }
    page.next = page.total > last ? last : -1;
    return page;
}

} // namespace jira_plugin::jira
