#include "services.hpp"

#include <openssl/crypto.h>

namespace jira_plugin::host {

Key::~Key() {
    OPENSSL_cleanse(bytes.data(), bytes.size());
}

} // namespace jira_plugin::host
