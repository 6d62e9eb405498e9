#include "token_keeper.hpp"

#include "context.hpp"
#include "encoding.hpp"

namespace jira_plugin::connection {
namespace {

constexpr std::int64_t leaseMs = 90'000;

} // namespace

ConnectionRecord liveRecord(Context& context, const std::string& organisation, const char* deployment) {
    auto record = context.connections.load(organisation);
    if (!record || record->deployment != deployment || record->state == RecordState::Disconnected) {
        throw jira::NotConfigured("This organisation is not connected to Jira.",
                                  "An admin can connect it under Settings > Integrations > Jira.");
    }
    if (record->state == RecordState::NeedsAttention) {
        throw jira::ReconnectNeeded(record->attention, record->attentionRemedy);
    }
    return *std::move(record);
}

TokenKeeper::Turn::~Turn() {
    std::vector<Announcement> announcements;
    announcements.swap(_keeper._announcements);
    _lock.unlock();
    for (const auto& announcement : announcements) {
        _keeper._context.tellAdmins(_keeper._organisation, announcement);
    }
}

Secret TokenKeeper::open(const ConnectionRecord& record, const char* field, const std::string& sealed) {
    try {
        return _context.sealer.open(_organisation, field, sealed);
    } catch (const SealError& error) {
        const std::string message =
            std::string("The stored connection to Jira cannot be used. ") + error.what();
        die(record, message, reconnectRemedy);
        throw jira::ReconnectNeeded(message, reconnectRemedy);
    } catch (const std::exception& error) {
        throw noKey(error);
    }
}

bool TokenKeeper::withLease(const ConnectionRecord& record, const std::function<void()>& work) {
    const std::string owner = _context.database.instance() + "/" + base64Url(randomBytes(9));
    const std::int64_t now = _context.nowMs();
    if (!_context.connections.leaseRefresh(_organisation, record.version, owner, now, now + leaseMs)) {
        return false;
    }
    try {
        if (!_context.database.isPresentFor(0)) { // another host may be at it with the same token
            throw jira::RetryLater("This host lost touch with the database that it shares.",
                                   "Nothing to do: it is tried again by itself.", 0);
        }
        work();
    } catch (...) {
        _context.connections.releaseRefresh(_organisation, owner);
        throw;
    }
    return true;
}

void TokenKeeper::die(const ConnectionRecord& record, const std::string& message, const std::string& remedy) {
    if (_context.connections.markAttention(_organisation, record.version, message, remedy)) {
        announce({connectionAlert, connectionEnded, message, remedy, record.siteUrl});
    }
}

void TokenKeeper::dieAs(std::int64_t version, const std::string& message, const std::string& remedy) {
    const auto record = _context.connections.load(_organisation);
    // Only what was refused: by now there may be another token, or another connection.
    if (record && record->state == RecordState::Connected && record->version == version) {
        die(*record, message, remedy);
    }
}

jira::RetryLater TokenKeeper::later(const std::string& cause, std::int64_t retryAfterMs) {
    return {"The connection to Jira could not be renewed yet: " + cause,
            "Nothing to do: it is tried again by itself.", retryAfterMs};
}

jira::RetryLater TokenKeeper::noKey(const std::exception& error) {
    return {std::string("The platform does not hand out its encryption key: ") + error.what(),
            "Nothing to do: it is tried again by itself. If it stays, the platform operator should check the "
            "platform's key storage.",
            0};
}

} // namespace jira_plugin::connection
