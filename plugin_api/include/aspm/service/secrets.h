/* Host service "aspm.secrets/1": keys to encrypt with, one set per organisation. */
#ifndef ASPM_SERVICE_SECRETS_H
#define ASPM_SERVICE_SECRETS_H

#include "../types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_SECRETS_1 "aspm.secrets/1"

/* Receives a key: its id (store it beside what it encrypts) and its 32 bytes, borrowed until the function
 * returns. Copy the bytes no longer than needed and overwrite the copy. Must not throw. */
typedef void (*aspm_key_fn)(void* context, aspm_str key_id, aspm_str key);

/* The plugin encrypts (AES-256-GCM or better, organisation and field name as associated data); the host keeps
 * the keys, where no backup of the plugin's store reaches them. */
typedef struct aspm_secrets {
    uint32_t struct_size;
    void* impl;

    /* The key to encrypt with today; made at the first call. fn is called once before ASPM_OK returns. [any]
     */
    aspm_status (*current_key)(const struct aspm_secrets* secrets, aspm_call* call, aspm_str organisation,
                               aspm_key_fn fn, void* context);

    /* A key by its id, to decrypt what an earlier key encrypted. ASPM_NOT_FOUND: no such key in this
     * organisation. [any] */
    aspm_status (*key)(const struct aspm_secrets* secrets, aspm_call* call, aspm_str organisation,
                       aspm_str key_id, aspm_key_fn fn, void* context);
} aspm_secrets;

#ifdef __cplusplus
}
#endif

#endif
