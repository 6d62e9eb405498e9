/* Its table ends before the required members. */
#define TABLE_SIZE 8
#include "good.h"
