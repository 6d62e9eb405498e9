#include "data_lock.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include <aspm_host/problem.hpp>

#include "../services/private_file.hpp"

namespace aspm::host {

DataLock::DataLock(const std::filesystem::path& directory)
    : _directory(std::filesystem::absolute(directory)) {
    ensurePrivateDirectory(_directory);
    std::string file = (_directory / "host.lock").string();
    _fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (_fd < 0)
        throw Problem("The data directory " + _directory.string() +
                          " cannot be written to: " + std::strerror(errno) + ".",
                      "Make it writable for this user, or choose another one with --data.");
    if (::flock(_fd, LOCK_EX | LOCK_NB) == 0)
        return;
    ::close(_fd);
    auto other = read(_directory);
    throw Problem("Another host_stub serves the data directory " + _directory.string() +
                      (other ? " (process " + std::to_string(other->pid) + ", " + other->url + ")" : "") +
                      ".",
                  "Use that one, end it, or choose another directory with --data.");
}

DataLock::~DataLock() {
    std::error_code ignored;
    if (_published)
        std::filesystem::remove(_directory / "host.json", ignored);
    ::close(_fd);
}

void DataLock::publish(const HostAddress& address) {
    Poco::JSON::Object json;
    json.set("pid", address.pid);
    json.set("port", address.port);
    json.set("url", address.url);
    json.set("token", address.token);
    std::ostringstream text;
    json.stringify(text);
    writePrivateFile(_directory / "host.json", text.str() + "\n");
    _published = true;
}

bool DataLock::isHeld(const std::filesystem::path& directory) {
    int fd = ::open((directory / "host.lock").c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool held = ::flock(fd, LOCK_EX | LOCK_NB) != 0;
    ::close(fd);
    return held;
}

std::optional<HostAddress> DataLock::read(const std::filesystem::path& directory) {
    std::ifstream in(directory / "host.json", std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf()))
        return std::nullopt;
    try {
        auto json = Poco::JSON::Parser().parse(text.str()).extract<Poco::JSON::Object::Ptr>();
        return HostAddress{json->getValue<int>("pid"), json->getValue<int>("port"),
                           json->getValue<std::string>("url"), json->getValue<std::string>("token")};
    } catch (const Poco::Exception&) {
        return std::nullopt;
    }
}

} // namespace aspm::host
