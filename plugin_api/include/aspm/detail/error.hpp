#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "text.hpp"

namespace aspm {

/// A failure that names who has to act. Thrown by the wrappers when a host function fails, and by hooks to
/// tell the host how they failed; status, message and remedy cross the boundary, the exception does not.
class Error : public std::exception {
public:
    Error(aspm_status status, std::string message, std::string remedy = {}, std::int64_t retryAfterMs = 0)
        : _texts(std::make_shared<const Texts>(Texts{std::move(message), std::move(remedy)})),
          _retryAfterMs(retryAfterMs), _status(status) {}

    aspm_status status() const noexcept { return _status; }

    /// What failed and why, for a person.
    const std::string& message() const noexcept { return _texts->message; }

    /// What to do next; may be empty.
    const std::string& remedy() const noexcept { return _texts->remedy; }

    /// For ASPM_TRANSIENT: the least wait; 0: the caller decides.
    std::int64_t retryAfterMs() const noexcept { return _retryAfterMs; }

    const char* what() const noexcept override { return _texts->message.c_str(); }

private:
    // Shared, so that copying the exception cannot throw.
    struct Texts {
        std::string message;
        std::string remedy;
    };

    std::shared_ptr<const Texts> _texts;
    std::int64_t _retryAfterMs;
    aspm_status _status;
};

/// The caller: the call itself is wrong.
class ArgumentError : public Error {
public:
    explicit ArgumentError(std::string message, std::string remedy = {})
        : Error(ASPM_ARGUMENT, std::move(message), std::move(remedy)) {}
};

/// The caller: no such thing, or not in this organisation.
class NotFoundError : public Error {
public:
    explicit NotFoundError(std::string message, std::string remedy = {})
        : Error(ASPM_NOT_FOUND, std::move(message), std::move(remedy)) {}
};

/// An administrator: settings must change first.
class ConfigError : public Error {
public:
    explicit ConfigError(std::string message, std::string remedy = {})
        : Error(ASPM_CONFIG, std::move(message), std::move(remedy)) {}
};

/// Nobody: try again, not before retryAfterMs.
class TransientError : public Error {
public:
    explicit TransientError(std::string message, std::string remedy = {}, std::int64_t retryAfterMs = 0)
        : Error(ASPM_TRANSIENT, std::move(message), std::move(remedy), retryAfterMs) {}
};

/// A person at the remote system: it refused.
class RemoteError : public Error {
public:
    explicit RemoteError(std::string message, std::string remedy = {})
        : Error(ASPM_REMOTE, std::move(message), std::move(remedy)) {}
};

/// Nobody: the caller no longer waits.
class CancelledError : public Error {
public:
    explicit CancelledError(std::string message, std::string remedy = {})
        : Error(ASPM_CANCELLED, std::move(message), std::move(remedy)) {}
};

/// The caller: wrong moment.
class StateError : public Error {
public:
    explicit StateError(std::string message, std::string remedy = {})
        : Error(ASPM_STATE, std::move(message), std::move(remedy)) {}
};

/// Nobody: the other side does not have it; go on without.
class UnsupportedError : public Error {
public:
    explicit UnsupportedError(std::string message, std::string remedy = {})
        : Error(ASPM_UNSUPPORTED, std::move(message), std::move(remedy)) {}
};

/// The word for a status, for messages.
inline const char* statusName(aspm_status status) noexcept {
    static constexpr const char* names[] = {"OK",     "PENDING",     "ARGUMENT", "NOT_FOUND",
                                            "CONFIG", "TRANSIENT",   "REMOTE",   "CANCELLED",
                                            "STATE",  "UNSUPPORTED", "INTERNAL"};
    return status >= ASPM_OK && status <= ASPM_INTERNAL ? names[status] : "INTERNAL";
}

/// Throws the exception that belongs to a failure. A status outside the closed list counts as ASPM_INTERNAL.
[[noreturn]] inline void throwError(aspm_status status, std::string message, std::string remedy = {},
                                    std::int64_t retryAfterMs = 0) {
    switch (status) {
    case ASPM_ARGUMENT:
        throw ArgumentError(std::move(message), std::move(remedy));
    case ASPM_NOT_FOUND:
        throw NotFoundError(std::move(message), std::move(remedy));
    case ASPM_CONFIG:
        throw ConfigError(std::move(message), std::move(remedy));
    case ASPM_TRANSIENT:
        throw TransientError(std::move(message), std::move(remedy), retryAfterMs);
    case ASPM_REMOTE:
        throw RemoteError(std::move(message), std::move(remedy));
    case ASPM_CANCELLED:
        throw CancelledError(std::move(message), std::move(remedy));
    case ASPM_STATE:
        throw StateError(std::move(message), std::move(remedy));
    case ASPM_UNSUPPORTED:
        throw UnsupportedError(std::move(message), std::move(remedy));
    default:
        throw Error(ASPM_INTERNAL, std::move(message), std::move(remedy));
    }
}

} // namespace aspm
