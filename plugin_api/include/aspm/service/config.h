/* Host service "aspm.config/1": what the platform operator configured. */
#ifndef ASPM_SERVICE_CONFIG_H
#define ASPM_SERVICE_CONFIG_H

#include "../types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_CONFIG_1 "aspm.config/1"

/* Only keys that the manifest lists can be read. */
typedef struct aspm_config {
    uint32_t struct_size;
    void* impl;

    /* The value of key, or the manifest's default, as text. fn is called at most once, before the return.
     * ASPM_NOT_FOUND: not set and without default (fn is not called). ASPM_ARGUMENT: the manifest does not
     * list the key. Values that the manifest marks as secret never appear in the host's logs. [any] */
    aspm_status (*get)(const struct aspm_config* config, aspm_call* call, aspm_str key, aspm_text_fn fn,
                       void* context);
} aspm_config;

#ifdef __cplusplus
}
#endif

#endif
