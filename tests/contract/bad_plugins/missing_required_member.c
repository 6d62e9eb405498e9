/* Has no stop. */
#define TABLE_STOP NULL
#include "good.h"
