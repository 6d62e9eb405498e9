/* Answers with a status outside the closed list. */
#define PAGE_HANDLE answer_42
#include "good.h"

static aspm_status answer_42(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                             aspm_http_response* response) {
    (void)self;
    (void)call;
    (void)request;
    (void)response;
    return 42;
}
