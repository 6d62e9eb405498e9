/* Defers its page and forgets about it. */
#define PAGE_HANDLE defer_and_forget
#include "good.h"

static aspm_status defer_and_forget(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                                    aspm_http_response* response) {
    (void)request;
    (void)response;
    return self->host->defer(call) != NULL ? ASPM_PENDING : ASPM_INTERNAL;
}
