#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

/// What can go wrong with Jira, one type for each thing that somebody must do differently. Every message says
/// what was attempted, against what, and what came back; every remedy says what to do next. Neither holds a
/// secret.
namespace jira_plugin::jira {

class Error : public std::runtime_error {
public:
    Error(const std::string& message, std::string remedy)
        : std::runtime_error(message), _remedy(std::move(remedy)) {}
    const std::string& remedy() const { return _remedy; }

private:
    std::string _remedy;
};

/// Nothing was done at Jira's side; the same request may be sent later. retryAfterMs 0: the caller decides.
class RetryLater : public Error {
public:
    RetryLater(const std::string& message, std::string remedy, std::int64_t retryAfterMs)
        : Error(message, std::move(remedy)), _retryAfterMs(retryAfterMs) {}
    std::int64_t retryAfterMs() const { return _retryAfterMs; }

private:
    std::int64_t _retryAfterMs;
};

/// A read whose answer is larger than is accepted: it fails for ever unless less is asked for.
class AnswerTooLarge : public RetryLater {
public:
    using RetryLater::RetryLater;
};

/// A write was sent and its outcome is unknown: connection cut, time-out, 408 or 5xx. Must be looked up
/// before it is sent again.
class UnknownOutcome : public Error {
public:
    using Error::Error;
};

/// Jira understood and refused; a person must change something.
class Refusal : public Error {
public:
    Refusal(int status, const std::string& message, std::string remedy,
            std::map<std::string, std::string> fields)
        : Error(message, std::move(remedy)), _status(status), _fields(std::move(fields)) {}
    int status() const { return _status; }
    /// Jira's own words by field id, e.g. {"priority": "..."}; may be empty.
    const std::map<std::string, std::string>& fields() const { return _fields; }

private:
    int _status;
    std::map<std::string, std::string> _fields;
};

/// The grant is dead, or lacks a scope: an admin must reconnect. Work waits meanwhile.
class ReconnectNeeded : public Error {
public:
    using Error::Error;
};

/// The platform operator or an admin must configure something first.
class NotConfigured : public Error {
public:
    using Error::Error;
};

} // namespace jira_plugin::jira
