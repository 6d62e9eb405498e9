#pragma once

namespace jira_plugin::connection {

// What each sealed text is of. It is bound to this name, see Sealer: none of them ever changes.
inline constexpr const char* accessTokenField = "access_token";
inline constexpr const char* refreshTokenField = "refresh_token";    ///< Cloud
inline constexpr const char* sessionHandleField = "session_handle";  ///< Data Center
inline constexpr const char* tokenSecretField = "token_secret";      ///< Data Center
inline constexpr const char* privateKeyField = "server_private_key"; ///< Data Center
inline constexpr const char* webhookPathField = "webhook_path";      ///< Data Center
inline constexpr const char* webhookSecretField = "webhook_secret";  ///< Data Center

} // namespace jira_plugin::connection
