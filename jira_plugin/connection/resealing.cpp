#include "resealing.hpp"

#include "sealed_fields.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace jira_plugin::connection {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

struct Resealing::Place {
    const char* table;
    const char* column;
    const char* field;
    const char* which = ""; ///< a further condition
};

std::size_t Resealing::run() {
    static constexpr std::array<Place, 9> places{{
        {"connection", "sealed_access_token", accessTokenField},
        {"connection", "sealed_refresh_token", refreshTokenField, " AND deployment = 'cloud'"},
        {"connection", "sealed_refresh_token", sessionHandleField, " AND deployment = 'data_center'"},
        {"connection", "sealed_token_secret", tokenSecretField},
        {"server_key", "sealed_private_key", privateKeyField},
        {"server_key", "next_sealed_private_key", privateKeyField},
        {"webhook", "sealed_path", webhookPathField},
        {"webhook", "sealed_secret", webhookSecretField},
        {"webhook", "sealed_old_secret", webhookSecretField},
    }};
    std::size_t count = 0;
    for (const Place& place : places)
        count += reseal(place);
    if (count > 0) {
        _database.scrub();
        _log.info("What earlier encryption keys of the platform had sealed is sealed with the present ones.",
                  {{"values", std::to_string(count)}});
    }
    return count;
}

std::size_t Resealing::reseal(const Place& place) {
    const std::string column = place.column;
    const auto rows = _database.read([&](Session& session) {
        std::pair<std::vector<std::string>, std::vector<std::string>> found;
        session << "SELECT organisation, " + column + " FROM " + place.table + " WHERE " + column + " <> ''" +
                       place.which,
            into(found.first), into(found.second), now;
        return found;
    });
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows.first.size(); ++i) {
        try {
            count += sealAgain(place, rows.first[i], rows.second[i]) ? 1 : 0;
        } catch (const std::exception& problem) {
            _log.warning(
                "A stored secret could not be sealed with the platform's present encryption key. It stays as "
                "it is and is tried again tomorrow; keep the earlier key until then.",
                {{"organisation", rows.first[i]}, {"what", place.field}, {"reason", problem.what()}});
        }
    }
    return count;
}

bool Resealing::sealAgain(const Place& place, const std::string& organisation, const std::string& text) {
    if (_sealer.isCurrent(organisation, text))
        return false;
    const std::string sealed =
        _sealer.seal(organisation, place.field, _sealer.open(organisation, place.field, text));
    const std::string table = place.table, column = place.column;
    return _database.transaction([&](Session& session) {
        std::vector<std::string> changed;
        session << "UPDATE " + table + " SET " + column + " = $1 WHERE organisation = $2 AND " + column +
                       " = $3 RETURNING organisation",
            bind(sealed), bind(organisation), bind(text), into(changed), now;
        return !changed.empty();
    });
}

} // namespace jira_plugin::connection
