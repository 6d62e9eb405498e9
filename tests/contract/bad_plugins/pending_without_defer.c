/* Promises to complete later, but never took a completion. */
#define PAGE_HANDLE promise
#include "good.h"

static aspm_status promise(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                           aspm_http_response* response) {
    (void)self;
    (void)call;
    (void)request;
    (void)response;
    return ASPM_PENDING;
}
