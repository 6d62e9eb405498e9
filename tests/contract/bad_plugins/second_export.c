/* Exports a symbol besides the query function. */
#include "good.h"

ASPM_EXPORT int another_export(void);
int another_export(void) {
    return 1;
}
