// What other languages copy from the header by hand must not move.

#include "nightjar.h"

_Static_assert(sizeof(nj_kind) == 4 && sizeof(nj_status) == 4, "enumerations are 32 bits");
#if UINTPTR_MAX == UINT64_MAX
_Static_assert(sizeof(nj_value) == 32, "a value is 32 bytes");
_Static_assert(offsetof(nj_value, as) == 8 && offsetof(nj_value, owner) == 24, "places in a value");
#endif
_Static_assert(sizeof(nj_config) == 16 * 8, "a configuration has room to grow");
