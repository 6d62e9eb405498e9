#include "meta_store.hpp"

#include "database.hpp"
#include "random.hpp"

#include <Poco/Data/Statement.h>

namespace jira_plugin::store {

using namespace Poco::Data::Keywords;

std::string MetaStore::installationMarker() {
    return _database.transaction([](Poco::Data::Session& session) {
        session << "INSERT INTO meta (name, value) VALUES ('installation', $1) ON CONFLICT (name) DO NOTHING",
            bind(randomHex(16)), now;
        std::string marker;
        session << "SELECT value FROM meta WHERE name = 'installation'", into(marker), now;
        return marker;
    });
}

} // namespace jira_plugin::store
