#include "lease_registry.hpp"

#include "store/random.hpp"

namespace jira_plugin::push {
namespace {

bool begins(const std::string& text, const std::string& beginning) {
    return text.compare(0, beginning.size(), beginning) == 0;
}

} // namespace

LeaseRegistry::LeaseRegistry(const std::string& databaseInstance)
    : _database(databaseInstance + "."), _prefix(_database + store::randomHex(4) + "/") {}

std::string LeaseRegistry::begin() {
    const std::lock_guard<std::mutex> lock(_mutex);
    return *_alive.insert(_prefix + std::to_string(++_last)).first;
}

void LeaseRegistry::end(const std::string& owner) {
    const std::lock_guard<std::mutex> lock(_mutex);
    _alive.erase(owner);
}

bool LeaseRegistry::isOfDeadThread(const std::string& owner) const {
    const std::lock_guard<std::mutex> lock(_mutex);
    return _alive.count(owner) == 0;
}

bool LeaseRegistry::isAbandoned(const std::string& owner, bool isSoleUser, bool isExpired) const {
    if (begins(owner, _prefix))
        return isOfDeadThread(owner);
    const bool isOfThisProcess = begins(owner, _database);
    return isExpired || (isSoleUser && !isOfThisProcess);
}

bool LeaseRegistry::isAbandoned(const std::string& owner, const std::set<std::string>& alive) const {
    if (begins(owner, _prefix))
        return isOfDeadThread(owner);
    return alive.count(owner.substr(0, owner.find('.'))) == 0;
}

} // namespace jira_plugin::push
