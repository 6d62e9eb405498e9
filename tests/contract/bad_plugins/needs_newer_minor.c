/* Needs a minor version that no host has yet. */
#define TABLE_MINOR_MIN 999
#include "good.h"
