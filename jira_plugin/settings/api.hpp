#pragma once

#include "context.hpp"
#include "http.hpp"

#include <string>

namespace jira_plugin::settings {

/// The JSON API and pages behind the host's settings. Safe from any thread.
class Api {
public:
    /// parts: copied, what they refer to is borrowed and outlives this.
    explicit Api(const Parts& parts) : _parts(parts) {}

    /// Answers every request; never throws.
    Response handle(const Request& request);

private:
    Response route(const Request& request);

    Parts _parts;
};

} // namespace jira_plugin::settings
