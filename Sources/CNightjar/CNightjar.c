#define _GNU_SOURCE
#include "CNightjar.h"

#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#ifdef __APPLE__
#include <xlocale.h>
#endif

// MARK: Searches

ptrdiff_t nightjar_find_bytes(const void *bytes, ptrdiff_t count, const void *needle,
                              ptrdiff_t needle_count) {
  const char *found = memmem(bytes, (size_t)count, needle, (size_t)needle_count);
  return found ? found - (const char *)bytes : -1;
}

// MARK: Numerals

// The "C" locale, made once. A script's meaning must not depend on what locale the host chose.
static locale_t plain_locale;
static pthread_once_t plain_locale_once = PTHREAD_ONCE_INIT;

static void make_plain_locale(void) { plain_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0); }

double nightjar_parse_double(const char *text) {
  pthread_once(&plain_locale_once, make_plain_locale);
  return strtod_l(text, NULL, plain_locale);
}

int nightjar_format_double(char *buffer, size_t capacity, const char *flags, int width,
                           int precision, char conversion, double value) {
  // '%', at most five flags, '*', '.', '*', the conversion and the closing zero.
  char format[16];
  size_t count = 0;
  format[count++] = '%';
  for (const char *flag = flags; *flag != 0 && count < 7; flag++) format[count++] = *flag;
  format[count++] = '*';
  format[count++] = '.';
  format[count++] = '*';
  format[count++] = conversion;
  format[count] = 0;
  pthread_once(&plain_locale_once, make_plain_locale);
  // uselocale only swaps a thread-local pointer, so it costs less than looking at the locale.
  locale_t previous = uselocale(plain_locale);
  int written = snprintf(buffer, capacity, format, width, precision, value);
  uselocale(previous);
  return (size_t)written < capacity ? written : -1;
}

// MARK: Interrupts and terminals

static int32_t *interrupt_flag;

// Runs in the middle of anything: atomic steps and calls that POSIX allows in handlers.
static void note_interrupt(int number) {
  int32_t *flag = __atomic_load_n(&interrupt_flag, __ATOMIC_ACQUIRE);
  if (flag && __atomic_exchange_n(flag, 1, __ATOMIC_ACQ_REL) == 0) return;
  // Nobody has looked at the interrupt before this one: end the program.
  signal(number, SIG_DFL);
  raise(number);
}

void nightjar_interrupt_arm(int32_t *flag, int restarts_reads) {
  __atomic_store_n(flag, 0, __ATOMIC_RELEASE);
  __atomic_store_n(&interrupt_flag, flag, __ATOMIC_RELEASE);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note_interrupt;
  action.sa_flags = restarts_reads ? SA_RESTART : 0;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
}

void nightjar_interrupt_disarm(void) {
  signal(SIGINT, SIG_DFL);
  __atomic_store_n(&interrupt_flag, (int32_t *)NULL, __ATOMIC_RELEASE);
}

int nightjar_interrupt_is_pending(void) {
  int32_t *flag = __atomic_load_n(&interrupt_flag, __ATOMIC_ACQUIRE);
  return flag && __atomic_load_n(flag, __ATOMIC_ACQUIRE);
}

int nightjar_terminal_width(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// MARK: Memory

void nightjar_trim_memory(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
