/* The layout as a C compiler sees it. */
#include <aspm/aspm.h>

#if defined(__LP64__) && (defined(__x86_64__) || defined(__aarch64__))
#define OFFSET(T, member, number)                                                                            \
    _Static_assert(offsetof(T, member) == (number), #T "." #member " has moved from " #number);
#define SIZE(T, number) _Static_assert(sizeof(T) == (number), #T " is no longer " #number " bytes long");
#include "layout_table.h"
#endif

/* A translation unit needs a declaration where the table is not known for the machine. */
typedef int aspm_layout_checked;
