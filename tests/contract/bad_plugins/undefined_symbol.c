/* Calls a function that no library has, linked without -z defs. */
#define PAGE_HANDLE call_nobody
#include "good.h"

aspm_status function_that_nobody_defines(void);

static aspm_status call_nobody(aspm_instance* self, aspm_call* call, const aspm_http_request* request,
                               aspm_http_response* response) {
    (void)self;
    (void)call;
    (void)request;
    (void)response;
    return function_that_nobody_defines();
}
