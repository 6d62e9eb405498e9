#pragma once

#include "client.hpp"
#include "json.hpp"

#include <initializer_list>
#include <vector>

#include <Poco/JSON/Object.h>

namespace jira_plugin::jira {

/// The largest page that the create metadata calls allow.
constexpr int metadataPage = 200;

ServerInfo readServerInfo(const Poco::JSON::Object::Ptr& object);
ProjectRef readProject(const Poco::JSON::Object::Ptr& object);
IssueType readIssueType(const Poco::JSON::Object::Ptr& object);
WorkflowStatus readStatus(const Poco::JSON::Object::Ptr& object);
TypeStatuses readTypeStatuses(const Poco::JSON::Object::Ptr& object);
FieldMeta readField(const Poco::JSON::Object::Ptr& object);

/// The elements of a page, under whichever of the names this server uses.
Poco::JSON::Array::Ptr pageElements(const Poco::JSON::Object::Ptr& page,
                                    std::initializer_list<const char*> names);

/// Where the next page starts, -1 on the last. Servers shorten pages as they like, so what counts is the
/// number of elements received, never the number asked for.
std::int64_t nextPage(const Poco::JSON::Object::Ptr& page, std::size_t received, std::int64_t startAt);

template <class T>
Page<T> readPage(const Poco::JSON::Object::Ptr& page, std::initializer_list<const char*> names,
                 std::int64_t startAt, T (*read)(const Poco::JSON::Object::Ptr&)) {
    const auto elements = pageElements(page, names);
    Page<T> result;
    for (std::size_t i = 0; elements && i < elements->size(); ++i) {
        result.values.push_back(read(json::objectAt(elements, i)));
    }
    result.total = json::number(page, "total", -1);
    result.next = nextPage(page, result.values.size(), startAt);
    return result;
}

/// All pages one after the other. fetch: gets the page that starts at the given element.
template <class T, class Fetch>
std::vector<T> readAllPages(Fetch&& fetch, std::initializer_list<const char*> names,
                            T (*read)(const Poco::JSON::Object::Ptr&)) {
    std::vector<T> all;
    std::int64_t startAt = 0;
    for (int page = 0; startAt >= 0 && page < 1000; ++page) {
        Page<T> next = readPage<T>(fetch(startAt), names, startAt, read);
        all.insert(all.end(), next.values.begin(), next.values.end());
        startAt = next.next;
    }
    return all;
}

} // namespace jira_plugin::jira
