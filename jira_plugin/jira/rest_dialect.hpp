#pragma once

#include "rest_call.hpp"

#include "mapping/document.hpp"

#include <string>

#include <Poco/Dynamic/Var.h>

namespace jira_plugin::jira {

/// How Cloud (REST v3) and Data Center (REST v2) differ where the same thing is asked for: what the parts of
/// a client share. Safe from any thread.
class RestDialect {
public:
    virtual ~RestDialect() = default;
    /// What calls are made with. Goes to the network when a Data Center's version is not known.
    virtual RestCall& call() = 0;
    /// Whether a 403 or 404 to reading something says that there is none for this account.
    virtual bool saysAbsent(const HttpResponse& response) const = 0;
    /// A document as the JSON value that this Jira takes: ADF, or a string of wiki markup.
    virtual std::string richText(const mapping::Document& document) const = 0;
    /// Such a value, of anybody, as safe plain text.
    virtual std::string plainText(const Poco::Dynamic::Var& richText) const = 0;
    /// The member that names a person: "accountId" or "name".
    virtual const char* personMember() const = 0;
};

} // namespace jira_plugin::jira
