/* Begins a call of its own and never ends it. */
#define TABLE_START begin_only
#include "good.h"

static aspm_status begin_only(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar) {
    self->own = self->host->begin_call(self->host, 0);
    return self->own == NULL ? ASPM_INTERNAL : good_start(self, call, registrar);
}
