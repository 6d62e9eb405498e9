/* Host service "aspm.ownership/1": who owns a finding, by the ownership policies. */
#ifndef ASPM_SERVICE_OWNERSHIP_H
#define ASPM_SERVICE_OWNERSHIP_H

#include "directory.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ASPM_OWNERSHIP_1 "aspm.ownership/1"

typedef struct aspm_ownership {
    uint32_t struct_size;
    void* impl;

    /* The member that the organisation's policies name for this finding. fn is called at most once, before
     * the return. ASPM_NOT_FOUND: no policy matches, or no such finding. [any] */
    aspm_status (*owner)(const struct aspm_ownership* ownership, aspm_call* call, aspm_str organisation,
                         aspm_str finding, aspm_member_fn fn, void* context);
} aspm_ownership;

#ifdef __cplusplus
}
#endif

#endif
