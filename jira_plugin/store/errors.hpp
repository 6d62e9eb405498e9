#pragma once

#include <stdexcept>
#include <string>

namespace jira_plugin::store {

/// The database could not be opened, read or written. The message names the database and what went wrong, the
/// remedy says what to do next.
class StoreError : public std::runtime_error {
public:
    StoreError(const std::string& message, std::string remedy)
        : std::runtime_error(message), _remedy(std::move(remedy)) {}
    const std::string& remedy() const { return _remedy; }

private:
    std::string _remedy;
};

} // namespace jira_plugin::store
