/* Nothing wrong: proves that the others are refused for what they spoil, and not for the rest. */
#include "good.h"
