// The few C lines Swift cannot say: variadic libc calls, locale-proof numerals and signal plumbing.
// Under 300 lines in all.
#ifndef CNIGHTJAR_H
#define CNIGHTJAR_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// The offset of the first `byte` among `count` bytes, or `count` when there is none. `count` may be
// zero.
static inline ptrdiff_t nightjar_find_byte(const void *bytes, ptrdiff_t count, uint8_t byte) {
  const char *found = (const char *)memchr(bytes, byte, (size_t)count);
  return found ? found - (const char *)bytes : count;
}

// The offset of the first occurrence of `needle` in `bytes`, or -1 when there is none; linear time.
ptrdiff_t nightjar_find_bytes(const void *bytes, ptrdiff_t count, const void *needle,
                              ptrdiff_t needle_count);

// Reads the longest decimal or hexadecimal floating-point numeral at the start of `text`, rounded
// to nearest even, with '.' as the point whatever the process locale says. `text` must end in a
// zero byte.
double nightjar_parse_double(const char *text);

// Formats `value` as printf would with the given flags (any of "-+ #0"), width (0 for none),
// precision (negative for none) and conversion (one of "aAeEfFgG"), in the "C" locale.
// Returns the byte count without the closing zero, or a negative number when it did not fit.
int nightjar_format_double(char *buffer, size_t capacity, const char *flags, int width,
                           int precision, char conversion, double value);

// Sets `flag` to 0 and lets SIGINT store 1 to it; one that finds 1 there ends the program as usual.
// `nightjar_await_input` and system calls that wait go on, or end with it. `flag` must stay valid
// until another call of either function.
void nightjar_interrupt_arm(int32_t *flag, int ends_waits);
void nightjar_interrupt_disarm(void);

// Whether the flag is armed and set.
int nightjar_interrupt_is_pending(void);

// A descriptor that is readable from an interrupt on, -1 where interrupts end no waits.
int nightjar_interrupt_descriptor(void);

// Where interrupts end waits, waits until a read of the descriptor would not wait or there is an
// interrupt; at once otherwise. Returns 0 for an interrupt.
int nightjar_await_input(int descriptor);

// A pipe whose ends no program inherits; -1 and errno on failure.
int nightjar_pipe(int32_t *ends);

// Starts a program that is looked for as the shell does, in `folder` unless it is NULL, with `descriptors`
// as its first three, where they are not negative, no signal blocked, and in a process group of its own
// if asked. Returns 0 or an error number.
int nightjar_spawn(char *const *arguments, char *const *environment, const char *folder,
                   const int32_t *descriptors, int own_group, int32_t *process);

#ifdef __linux__
// A descriptor that becomes readable when a process ends, or -1.
int nightjar_process_descriptor(int32_t process);

// What a watched descriptor has become able to do since it was told last.
typedef struct {
  uint64_t token;
  int32_t can_read;
  int32_t can_write;
} nightjar_change;

// A set of watched descriptors; its calls return -1 and errno on failure. A negative time is endless.
int nightjar_watch_make(void);
int nightjar_watch_add(int set, int descriptor, uint64_t token);
int nightjar_watch_wait(int set, nightjar_change *changes, int count, int milliseconds);
#endif

// Gives memory that was freed back to the system, as far as the allocator can tell it apart.
void nightjar_trim_memory(void);

// Whole pages from the system, all zero. Resizing may move them. NULL when the system refuses.
void *nightjar_map_pages(size_t count);
void nightjar_unmap_pages(void *memory, size_t count);
#ifdef __linux__
void *nightjar_resize_pages(void *memory, size_t old_count, size_t count);
#endif

#endif
