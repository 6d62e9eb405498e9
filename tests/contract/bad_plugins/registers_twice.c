/* Registers two pages of the same id. */
#define TABLE_START add_twice
#include "good.h"

static aspm_status add_twice(aspm_instance* self, aspm_call* call, const aspm_registrar* registrar) {
    const aspm_status first = good_start(self, call, registrar);
    return first != ASPM_OK ? first : good_start(self, call, registrar);
}
