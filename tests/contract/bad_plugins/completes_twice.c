/* Completes its page twice, and says in a header of the next page what the second completion was answered. */
#define PAGE_HANDLE complete_twice
#include "good.h"

static aspm_status complete_twice(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                                  aspm_http_response* response) {
    static aspm_status second = ASPM_OK;
    aspm_completion* completion;
    (void)request;
    response->write(response, text(second == ASPM_STATE ? "the second was refused" : "no second yet"));
    completion = self->host->defer(call);
    if (completion == NULL) {
        return ASPM_INTERNAL;
    }
    (void)self->host->complete(completion, ASPM_OK);
    second = self->host->complete(completion, ASPM_OK);
    return ASPM_PENDING;
}
