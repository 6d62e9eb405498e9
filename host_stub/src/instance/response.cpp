#include "response.hpp"

#include <algorithm>

#include <Poco/String.h>

#include "../boundary/text.hpp"
#include "../dispatch/invocation.hpp"

namespace aspm::host {

namespace {

constexpr std::size_t mostBytesAhead = std::size_t{1024} * 1024;
constexpr std::size_t mostBodyBytes = std::size_t{64} * 1024 * 1024;

template <typename Fn> aspm_status contained(Fn fn) noexcept {
    try {
        return fn();
    } catch (const ServiceError& e) {
        return e.status();
    } catch (...) {
        return ASPM_INTERNAL;
    }
}

Response& of(aspm_http_response* table) {
    return *static_cast<Response*>(table->impl);
}

bool isToken(const std::string& name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 ||
               std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
    });
}

bool isReserved(const std::string& name) {
    for (const char* one :
         {"Content-Length", "Transfer-Encoding", "Connection", "Set-Cookie", "Keep-Alive", "Upgrade"})
        if (Poco::icompare(name, one) == 0)
            return true;
    return false;
}

} // namespace

Response::Response(bool streams) : _streams(streams) {
    _table.struct_size = sizeof(_table);
    _table.impl = this;
    _table.set_status = [](aspm_http_response* t, std::int32_t status) {
        return contained([&] { return of(t).setStatus(status); });
    };
    _table.add_header = [](aspm_http_response* t, aspm_str name, aspm_str value) {
        return contained([&] { return of(t).addHeader(name, value); });
    };
    _table.write = [](aspm_http_response* t, aspm_str bytes) {
        return contained([&] { return of(t).write(bytes); });
    };
    _table.flush = [](aspm_http_response* t) { return contained([&] { return of(t).flush(); }); };
}

aspm_status Response::setStatus(std::int32_t status) {
    std::lock_guard<std::mutex> lock(_mutex);
    if (status < 200 || status > 599)
        return ASPM_ARGUMENT;
    if (_headSent)
        return ASPM_STATE;
    _status = status;
    return ASPM_OK;
}

aspm_status Response::addHeader(aspm_str name, aspm_str value) {
    HttpHeader header{bytesFrom(name, "The name"), bytesFrom(value, "The value")};
    bool clean = std::none_of(header.value.begin(), header.value.end(),
                              [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; });
    if (!isToken(header.name) || !clean || isReserved(header.name))
        return ASPM_ARGUMENT;
    std::lock_guard<std::mutex> lock(_mutex);
    if (_headSent)
        return ASPM_STATE;
    _headers.push_back(std::move(header));
    return ASPM_OK;
}

aspm_status Response::write(aspm_str bytes) {
    std::lock_guard<std::mutex> lock(_mutex);
    if (bytes.size > 0 && bytes.data == nullptr)
        return ASPM_ARGUMENT;
    if (_gone)
        return ASPM_CANCELLED;
    if (_body.size() + bytes.size > mostBodyBytes)
        return ASPM_ARGUMENT;
    _body.append(bytes.data, bytes.size);
    return ASPM_OK;
}

aspm_status Response::flush() {
    auto invocation = _invocation.lock();
    std::unique_lock<std::mutex> lock(_mutex);
    if (_gone)
        return ASPM_CANCELLED;
    _headSent = true;
    if (!_streams)
        return ASPM_OK;
    _flushed += _body;
    _body.clear();
    lock.unlock();
    if (invocation)
        invocation->notify();
    lock.lock();
    // A client that reads slowly holds up the plugin, not the host's memory.
    while (!_gone && _flushed.size() > mostBytesAhead && invocation && !invocation->isCancelled())
        _drained.wait_for(lock, std::chrono::milliseconds(100));
    return _gone || (invocation && invocation->isCancelled()) ? ASPM_CANCELLED : ASPM_OK;
}

void Response::drainTo(HttpSink& sink) {
    std::unique_lock<std::mutex> lock(_mutex);
    if (!_headSent || _gone)
        return;
    std::string bytes;
    bytes.swap(_flushed);
    bool first = !_begun;
    _begun = true;
    int status = _status;
    std::vector<HttpHeader> headers = first ? _headers : std::vector<HttpHeader>{};
    lock.unlock();
    bool alive = (!first || sink.begin(status, headers)) && (bytes.empty() || sink.write(bytes));
    lock.lock();
    if (!alive) {
        _gone = true;
        if (auto invocation = _invocation.lock())
            invocation->cancel();
    }
    _drained.notify_all();
}

void Response::takeInto(HttpAnswer& answer) {
    std::lock_guard<std::mutex> lock(_mutex);
    answer.status = _status;
    answer.headers = _headers;
    answer.body = _flushed + _body;
    answer.streamed = _begun;
    _flushed.clear();
    _body.clear();
}

void Response::closeForClient() {
    std::lock_guard<std::mutex> lock(_mutex);
    _gone = true;
    _drained.notify_all();
}

} // namespace aspm::host
