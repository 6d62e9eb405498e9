#pragma once

#include "call_request.hpp"
#include "classify.hpp"
#include "transport.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

namespace jira_plugin::jira {

/// Makes calls to one Jira: address, authorisation, judgement of the answer. Safe from any thread.
class RestCall {
public:
    virtual ~RestCall() = default;

    /// The answer of a success or of an expected status. Throws the types of errors.hpp.
    virtual HttpResponse send(const CallRequest& request) = 0;
    /// The same for a call that answers a JSON object.
    Poco::JSON::Object::Ptr object(const CallRequest& request);
    /// The same for a call that answers a JSON array.
    Poco::JSON::Array::Ptr array(const CallRequest& request);

    /// Throws the error for an answer of an expected status that turned out not to be the expected one.
    virtual void throwFor(const HttpResponse& response, const CallRequest& request) const;

    /// The error for an answer that is JSON but not what was asked for.
    [[noreturn]] void throwUnreadable(const CallRequest& request) const;

    /// Host and port, for messages.
    const std::string& siteName() const { return _siteName; }

protected:
    /// siteUrl: what people know the Jira by.
    RestCall(std::shared_ptr<Transport> transport, const std::string& siteUrl,
             std::function<std::int64_t()> nowMs);

    /// Sends once; what fails on the wire is thrown as a type of errors.hpp.
    HttpResponse transmit(const HttpRequest& http, const CallRequest& request) const;
    /// Success for an expected status, else what the answer means.
    Verdict judge(const HttpResponse& response, const CallRequest& request) const;
    std::int64_t nowMs() const { return _nowMs(); }

private:
    CallContext contextOf(const CallRequest& request) const;

    std::shared_ptr<Transport> _transport;
    std::string _siteName;
    std::function<std::int64_t()> _nowMs;
};

} // namespace jira_plugin::jira
