/* The table and the manifest name different plugins. */
#define TABLE_ID "test.somebody-else"
#include "good.h"
