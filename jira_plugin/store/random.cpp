#include "random.hpp"

#include <stdexcept>
#include <vector>

#include <openssl/rand.h>

namespace jira_plugin::store {

std::string randomHex(std::size_t bytes) {
    std::vector<unsigned char> raw(bytes);
    if (RAND_bytes(raw.data(), static_cast<int>(raw.size())) != 1)
        throw std::runtime_error("The system's random generator gave no bytes.");
    std::string text;
    for (const unsigned char byte : raw) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

} // namespace jira_plugin::store
