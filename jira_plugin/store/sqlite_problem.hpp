#pragma once

#include "errors.hpp"

#include <string>

#include <Poco/Exception.h>

namespace jira_plugin::store {

/// The file cannot be created or opened for writing.
StoreError notWritable(const std::string& path);

/// The database's own exception in words for a person: which file, what happened, what to do.
StoreError explain(const Poco::Exception& problem, const std::string& path);

} // namespace jira_plugin::store
