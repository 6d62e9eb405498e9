#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include <aspm/types.h>

namespace aspm::host {

/// Why something cannot be done, for a person: message says what failed and why, remedy what to do next.
class Problem : public std::runtime_error {
public:
    Problem(std::string message, std::string remedy)
        : std::runtime_error(message), _message(std::move(message)), _remedy(std::move(remedy)) {}

    const std::string& message() const { return _message; }
    const std::string& remedy() const { return _remedy; }

    /// Both parts as one text: "message. remedy".
    std::string text() const { return _remedy.empty() ? _message : _message + " " + _remedy; }

private:
    std::string _message;
    std::string _remedy;
};

/// Thrown by the implementation of a host service; becomes the status and the error text that the plugin
/// sees.
class ServiceError : public Problem {
public:
    ServiceError(aspm_status status, std::string message, std::string remedy = {},
                 std::int64_t retryAfterMs = 0)
        : Problem(std::move(message), std::move(remedy)), _status(status), _retryAfterMs(retryAfterMs) {}

    aspm_status status() const { return _status; }
    std::int64_t retryAfterMs() const { return _retryAfterMs; }

private:
    aspm_status _status;
    std::int64_t _retryAfterMs;
};

/// The name of a status without its prefix, e.g. "TRANSIENT"; "INTERNAL" for values that are not in the list.
const char* statusName(aspm_status status);

} // namespace aspm::host
