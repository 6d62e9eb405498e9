#include "key_file.hpp"

#include <fstream>
#include <sstream>

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>

#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

#include "private_file.hpp"

namespace aspm::host {

namespace {

constexpr std::size_t keyBytes = 32;

std::string randomBytes(std::size_t size) {
    std::string out(size, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(size)) != 1)
        throw ServiceError(ASPM_INTERNAL, "The system gives no random numbers.");
    return out;
}

std::string base64(const std::string& bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::string unbase64(const std::string& text) {
    std::string out(text.size(), '\0');
    int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    out.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    // The function counts the padding as bytes.
    if (out.size() > keyBytes)
        out.resize(keyBytes);
    return out;
}

std::string newKeyId() {
    static const char digits[] = "0123456789abcdef";
    std::string id = "k-";
    for (unsigned char byte : randomBytes(6)) {
        id += digits[byte >> 4];
        id += digits[byte & 15];
    }
    return id;
}

} // namespace

KeyFile::KeyFile(std::filesystem::path file) : _file(std::move(file)) {
    if (std::filesystem::exists(_file))
        read();
}

void KeyFile::read() {
    struct stat info {};
    if (::stat(_file.c_str(), &info) == 0 && (info.st_mode & 077) != 0)
        throw Problem("The key file " + _file.string() + " can be read by others.",
                      "Run chmod 600 on it; if others may have read it, connect the integrations again.");
    std::ifstream in(_file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    try {
        auto json = Poco::JSON::Parser().parse(text.str()).extract<Poco::JSON::Object::Ptr>();
        for (const auto& [id, value] : *json->getObject("organisations")) {
            auto entry = value.extract<Poco::JSON::Object::Ptr>();
            Keys& keys = _organisations[id];
            keys.current = entry->getValue<std::string>("current");
            for (const auto& [keyId, bytes] : *entry->getObject("keys"))
                keys.bytes[keyId] = unbase64(bytes.toString());
            if (keys.bytes[keys.current].size() != keyBytes)
                throw Poco::DataFormatException("a key is damaged");
        }
    } catch (const std::exception&) {
        throw Problem("The key file " + _file.string() + " is damaged.",
                      "Restore it from a backup: what is encrypted with its keys cannot be read without it.");
    }
}

void KeyFile::write() const {
    Poco::JSON::Object::Ptr all = new Poco::JSON::Object;
    for (const auto& [id, keys] : _organisations) {
        Poco::JSON::Object::Ptr bytes = new Poco::JSON::Object;
        for (const auto& [keyId, key] : keys.bytes)
            bytes->set(keyId, base64(key));
        Poco::JSON::Object::Ptr entry = new Poco::JSON::Object;
        entry->set("current", keys.current);
        entry->set("keys", bytes);
        all->set(id, entry);
    }
    Poco::JSON::Object json;
    json.set("organisations", all);
    std::ostringstream text;
    json.stringify(text, 4);
    writePrivateFile(_file, text.str() + "\n");
}

void KeyFile::addKey(Keys& keys) const {
    std::string id = newKeyId();
    keys.bytes[id] = randomBytes(keyBytes);
    keys.current = id;
}

const KeyFile::Keys& KeyFile::withCurrent(const std::string& organisation) {
    Keys& keys = _organisations[organisation];
    if (!keys.current.empty())
        return keys;
    addKey(keys);
    try {
        write();
    } catch (...) {
        _organisations.erase(organisation); // nobody may encrypt with a key that is not on the disk
        throw;
    }
    return keys;
}

EncryptionKey KeyFile::currentKey(const std::string& organisation) {
    std::lock_guard<std::mutex> lock(_mutex);
    try {
        const Keys& keys = withCurrent(organisation);
        return {keys.current, keys.bytes.at(keys.current)};
    } catch (const ServiceError&) {
        throw;
    } catch (const Problem& problem) {
        throw ServiceError(ASPM_CONFIG, problem.message(), problem.remedy());
    }
}

std::optional<EncryptionKey> KeyFile::key(const std::string& organisation, const std::string& id) {
    std::lock_guard<std::mutex> lock(_mutex);
    auto keys = _organisations.find(organisation);
    if (keys == _organisations.end())
        return std::nullopt;
    auto found = keys->second.bytes.find(id);
    return found == keys->second.bytes.end() ? std::nullopt
                                             : std::optional<EncryptionKey>({found->first, found->second});
}

std::string KeyFile::rotate(const std::string& organisation) {
    std::lock_guard<std::mutex> lock(_mutex);
    Keys before = _organisations[organisation];
    addKey(_organisations[organisation]);
    try {
        write();
    } catch (...) {
        _organisations[organisation] = before;
        throw;
    }
    return _organisations[organisation].current;
}

} // namespace aspm::host
