/* Host service "aspm.storage/1": where the plugin keeps its state. */
#ifndef ASPM_SERVICE_STORAGE_H
#define ASPM_SERVICE_STORAGE_H

#include "../types.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_STORAGE_1 "aspm.storage/1"

typedef struct aspm_storage {
    uint32_t struct_size;
    void* impl;

    /* A directory of this plugin alone: absolute, exists, mode 0700, survives restarts. ASPM_CONFIG: not
     * writable; the message names it. [any] */
    aspm_status (*data_directory)(const struct aspm_storage* storage, aspm_call* call, aspm_text_fn fn,
                                  void* context);

    /* URL of a database shared by all hosts, e.g. postgresql://user:password@host/name. It holds a
     * password. ASPM_NOT_FOUND: none is configured, keep to the data directory. [any] */
    aspm_status (*database_url)(const struct aspm_storage* storage, aspm_call* call, aspm_text_fn fn,
                                void* context);
} aspm_storage;

#ifdef __cplusplus
}
#endif

#endif
