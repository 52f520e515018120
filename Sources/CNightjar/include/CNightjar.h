// The few C lines Swift cannot say: variadic libc calls and signal plumbing. Under 300 lines in all.
#ifndef CNIGHTJAR_H
#define CNIGHTJAR_H
#include <stddef.h>
#endif
