/* Takes a service in create, where there is only the log; what it got decides whether start succeeds. */
#define TABLE_CREATE create_with_service
#define TABLE_START start_if_refused
#include "good.h"

static aspm_status create_with_service(const aspm_host* host, aspm_call* call, aspm_instance** out) {
    const aspm_status status = good_create(host, call, out);
    if (status == ASPM_OK) {
        (*out)->own = (void*)host->get_service(host, ASPM_CLOCK_1);
    }
    return status;
}

static aspm_status start_if_refused(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar) {
    return self->own != NULL ? ASPM_INTERNAL : good_start(self, call, registrar);
}
