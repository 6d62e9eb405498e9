/* Built for another major version, yet it carries this one's symbol. */
#define TABLE_MAJOR 2
#include "good.h"
