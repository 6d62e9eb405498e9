#include "secret.hpp"

#include <openssl/crypto.h>

namespace jira_plugin::connection {

void Secret::wipe() noexcept {
    OPENSSL_cleanse(_value.data(), _value.size());
    _value.clear();
}

Secret& Secret::operator=(const Secret& other) {
    if (this != &other) {
        wipe();
        _value = other._value;
    }
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe();
        _value = other._value;
        other.wipe();
    }
    return *this;
}

} // namespace jira_plugin::connection
