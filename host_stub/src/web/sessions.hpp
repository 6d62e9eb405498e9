#pragma once

#include <optional>
#include <string>

#include <aspm_host/model.hpp>

#include "../store/database.hpp"
#include "../store/directory_store.hpp"
#include "exchange.hpp"

namespace aspm::host {

extern const char* const sessionCookie;
extern const char* const csrfHeader;
extern const char* const csrfField;

/// Who is signed in. Survives a restart; only the digest of a cookie is kept.
class Sessions {
public:
    Sessions(Database& database, DirectoryStore& directory) : _database(database), _directory(directory) {}

    struct Opened {
        std::string cookie; ///< the value
        Session session;
    };

    /// Throws Problem when there is no such member.
    Opened open(const std::string& organisation, const std::string& user);
    std::optional<Session> find(const std::string& cookie);
    void close(const std::string& cookie);

    /// Throws HttpError 403 unless the request carries its session's token.
    static void checkCsrf(Exchange& exchange);

    /// What plugins and pages are told of the user; nothing when the membership is gone.
    std::optional<Principal> principal(const Session& session);

private:
    Database& _database;
    DirectoryStore& _directory;
};

} // namespace aspm::host
