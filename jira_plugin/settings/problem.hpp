#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace jira_plugin::settings {

/// One thing wrong with what was sent, with the member it is about.
struct FieldProblem {
    std::string field; ///< path of the member, e.g. "extraFields.customfield_10010"
    std::string message;
    std::string remedy;
};

/// An answer other than success: {"error": {"code", "message", "cause"?, "remedy", "field"?, "details"?}}.
class ApiProblem : public std::runtime_error {
public:
    ApiProblem(int status, std::string code, const std::string& message, std::string remedy,
               std::string field = {})
        : std::runtime_error(message), _status(status), _code(std::move(code)), _remedy(std::move(remedy)),
          _field(std::move(field)) {}

    /// Several problems at once, as a form wants them; the first one speaks for all. At least one.
    static ApiProblem invalid(const std::vector<FieldProblem>& details, std::string code = "invalid_mapping");

    /// The same with a Retry-After header.
    ApiProblem&& retryAfter(std::int64_t ms) &&;

    /// The same with what lies behind it, apart from the message.
    ApiProblem&& because(std::string cause) &&;
    /// The same with everything else that may be the matter.
    ApiProblem&& alternatives(std::vector<FieldProblem> details) &&;

    int status() const { return _status; }
    const std::string& code() const { return _code; }
    const std::string& cause() const { return _cause; }
    const std::string& remedy() const { return _remedy; }
    const std::string& field() const { return _field; }
    const std::vector<FieldProblem>& details() const { return _details; }
    std::int64_t retryAfterMs() const { return _retryAfterMs; } ///< 0: not said

private:
    int _status;
    std::string _code;
    std::string _cause;
    std::string _remedy;
    std::string _field;
    std::vector<FieldProblem> _details;
    std::int64_t _retryAfterMs = 0;
};

/// What an exception of the layers below is to the caller of the API; nothing when it is none that
/// they announce.
std::optional<ApiProblem> problemOf(const std::exception_ptr& error);

} // namespace jira_plugin::settings
