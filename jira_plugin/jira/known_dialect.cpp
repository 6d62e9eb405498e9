#include "known_dialect.hpp"

#include "errors.hpp"
#include "read_metadata.hpp"

namespace jira_plugin::jira {
namespace {

constexpr std::int64_t dayMs = 24LL * 60 * 60 * 1000;
constexpr std::int64_t pauseMs = 10LL * 60 * 1000;

} // namespace

KnownDialect::KnownDialect(RestCall& call, std::shared_ptr<DialectMemory> memory,
                           std::function<std::int64_t()> nowMs)
    : _call(call), _memory(std::move(memory)), _nowMs(std::move(nowMs)) {}

bool KnownDialect::isFresh(const ServerDialect& dialect) const {
    const std::int64_t now = _nowMs();
    return now < _notBeforeMs || (now >= dialect.seenAtMs && now < dialect.seenAtMs + dayMs);
}

ServerDialect KnownDialect::current() {
    const std::lock_guard lock(_mutex);
    if (!_dialect && _memory) {
        _dialect = _memory->load();
    }
    if (!_dialect) {
        askLocked();
    } else if (!isFresh(*_dialect)) {
        try {
            askLocked();
        } catch (const NotConfigured&) {
            throw;
        } catch (const ReconnectNeeded&) {
            throw;
        } catch (const Error&) {
            // Yesterday's answer will most likely do; if Jira is down, the call itself tells.
            _notBeforeMs = _nowMs() + pauseMs;
        }
    }
    return *_dialect;
}

ServerDialect KnownDialect::askAgain(const ServerDialect& doubted) {
    const std::lock_guard lock(_mutex);
    if (!_dialect || _dialect->seenAtMs <= doubted.seenAtMs) { // else somebody did meanwhile
        askLocked();
    }
    return *_dialect;
}

ServerInfo KnownDialect::ask() {
    const std::lock_guard lock(_mutex);
    return askLocked();
}

ServerInfo KnownDialect::askLocked() {
    CallRequest request;
    request.path = "/serverInfo";
    request.what = "see which version Jira is";
    const auto answer = _call.object(request);
    const auto dialect = readDialect(answer, _nowMs());
    if (!dialect) {
        _call.throwUnreadable(request);
    }
    ServerInfo info = readServerInfo(answer);
    requireSupported(info, *dialect, _call.siteName());
    _dialect = dialect;
    _notBeforeMs = 0;
    if (_memory) {
        _memory->save(*dialect);
    }
    return info;
}

} // namespace jira_plugin::jira
