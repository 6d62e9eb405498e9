/* Calls the host in destroy, when stop has long returned. */
#define TABLE_START take_log
#define TABLE_DESTROY call_in_destroy
#include "good.h"

static aspm_status take_log(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar) {
    self->own = (void*)self->host->get_service(self->host, ASPM_LOG_1);
    return good_start(self, call, registrar);
}

static void call_in_destroy(aspm_instance* self) {
    const aspm_log* log = (const aspm_log*)self->own;
    aspm_call* call = self->host->begin_call(self->host, 0);
    if (log != NULL) {
        log->write(log, ASPM_LOG_INFO, text("one last word"), NULL, 0);
    }
    if (call != NULL) {
        self->host->end_call(call);
    }
    free(self);
}
