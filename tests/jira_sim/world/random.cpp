#include "world/random.hpp"

namespace jira_sim {

std::uint64_t Random::next() {
    std::uint64_t z = (_state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

double Random::fraction() {
    return static_cast<double>(next() >> 11) / 9007199254740992.0;
}

std::string Random::hex(std::size_t digits) {
    std::string result;
    while (result.size() < digits)
        result += "0123456789abcdef"[next() & 15];
    return result;
}

std::string Random::uuid() {
    std::string id = hex(32);
    id[12] = '4';
    id[16] = "89ab"[next() & 3];
    return id.substr(0, 8) + "-" + id.substr(8, 4) + "-" + id.substr(12, 4) + "-" + id.substr(16, 4) + "-" +
           id.substr(20);
}

std::string Random::token(std::size_t length) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string result;
    while (result.size() < length)
        result += alphabet[next() & 63];
    return result;
}

} // namespace jira_sim
