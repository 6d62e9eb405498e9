#include "text.hpp"

namespace aspm::host {

namespace {

/// Length of the well-formed sequence at the begin of bytes, 0 when there is none.
std::size_t sequence(std::string_view bytes) {
    auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
        return i < bytes.size() && at(i) >= low && at(i) <= high;
    };
    unsigned first = at(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        unsigned low = first == 0xE0 ? 0xA0 : 0x80;
        unsigned high = first == 0xED ? 0x9F : 0xBF;
        return follows(1, low, high) && follows(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        unsigned low = first == 0xF0 ? 0x90 : 0x80;
        unsigned high = first == 0xF4 ? 0x8F : 0xBF;
        return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

} // namespace

bool isUtf8(std::string_view bytes) {
    while (!bytes.empty()) {
        std::size_t size = sequence(bytes);
        if (size == 0)
            return false;
        bytes.remove_prefix(size);
    }
    return true;
}

std::string bytesFrom(aspm_str value, const char* what) {
    if (value.size == 0)
        return {};
    if (value.data == nullptr)
        throw ServiceError(ASPM_ARGUMENT, std::string(what) + " has a size but no data.");
    return std::string(value.data, value.size);
}

std::string textFrom(aspm_str value, const char* what) {
    std::string text = bytesFrom(value, what);
    if (!isUtf8(text))
        throw ServiceError(ASPM_ARGUMENT, std::string(what) + " is not valid UTF-8.");
    return text;
}

std::string looseText(aspm_str value) {
    std::string out;
    if (value.data == nullptr)
        return out;
    std::string_view bytes(value.data, value.size);
    while (!bytes.empty()) {
        std::size_t size = sequence(bytes);
        if (size == 0)
            out += '?';
        else
            out.append(bytes.data(), size);
        bytes.remove_prefix(size == 0 ? 1 : size);
    }
    return out;
}

std::vector<std::string> textsFrom(const aspm_str* values, std::size_t count, const char* what) {
    std::vector<std::string> out;
    if (count > 0 && values == nullptr)
        throw ServiceError(ASPM_ARGUMENT, std::string(what) + " has a count but no data.");
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(textFrom(values[i], what));
    return out;
}

} // namespace aspm::host
