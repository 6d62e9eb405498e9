#include "describe.hpp"

#include "jira/errors.hpp"
#include "store/errors.hpp"

#include <Poco/Exception.h>

#include <stdexcept>

namespace jira_plugin::entry {

aspm::Error describe(const std::exception& error) {
    if (const auto* later = dynamic_cast<const jira::RetryLater*>(&error))
        return aspm::TransientError(later->what(), later->remedy(), later->retryAfterMs());
    if (const auto* unknown = dynamic_cast<const jira::UnknownOutcome*>(&error))
        return aspm::TransientError(unknown->what(), unknown->remedy());
    if (const auto* refusal = dynamic_cast<const jira::Refusal*>(&error))
        return aspm::RemoteError(refusal->what(), refusal->remedy());
    // What is left of Jira's errors is for an administrator: no connection, a dead one, no configuration.
    if (const auto* mine = dynamic_cast<const jira::Error*>(&error))
        return aspm::ConfigError(mine->what(), mine->remedy());
    if (const auto* store = dynamic_cast<const store::StoreError*>(&error))
        return aspm::ConfigError(store->what(), store->remedy());
    if (dynamic_cast<const std::invalid_argument*>(&error))
        return aspm::ConfigError(error.what());
    // Poco's what() is only the name of the class.
    if (const auto* poco = dynamic_cast<const Poco::Exception*>(&error))
        return {ASPM_INTERNAL, poco->displayText()};
    return {ASPM_INTERNAL, error.what()};
}

} // namespace jira_plugin::entry
