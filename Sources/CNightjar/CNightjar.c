#define _GNU_SOURCE
#include "CNightjar.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/epoll.h>
#include <sys/syscall.h>
#endif
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
  char format[16] = "%";
  size_t count = 1;
  for (const char *flag = flags; *flag != 0 && count < 7; flag++) format[count++] = *flag;
  for (const char *mark = "*.*"; *mark; mark++) format[count++] = *mark;
  format[count++] = conversion;
  format[count] = 0;
  pthread_once(&plain_locale_once, make_plain_locale);
  // uselocale only swaps a thread-local pointer, so it costs less than looking at the locale.
  locale_t previous = uselocale(plain_locale);
  int written = snprintf(buffer, capacity, format, width, precision, value);
  uselocale(previous);
  return (size_t)written < capacity ? written : -1;
}

// MARK: Interrupts

static int32_t *interrupt_flag;
// Whether waiting for input ends with an interrupt.
static int interrupt_ends_waits;
// A pipe that becomes readable with an interrupt. A flag alone would be seen too late: the signal may
// come after the look at the flag and before the wait.
static int interrupt_pipe[2] = {-1, -1};

static int make_interrupt_pipe(void) {
  if (interrupt_pipe[0] >= 0) return 1;
  if (nightjar_pipe(interrupt_pipe) != 0) return 0;
  for (int end = 0; end < 2; end++) fcntl(interrupt_pipe[end], F_SETFL, O_NONBLOCK);
  return 1;
}

// Runs in the middle of anything: atomic steps and calls that POSIX allows in handlers.
static void note_interrupt(int number) {
  int32_t *flag = __atomic_load_n(&interrupt_flag, __ATOMIC_ACQUIRE);
  if (flag && __atomic_exchange_n(flag, 1, __ATOMIC_ACQ_REL) == 0) {
    int code = errno;
    // A full pipe is readable as well.
    if (interrupt_pipe[1] >= 0 && write(interrupt_pipe[1], "", 1) < 0) errno = code;
    return;
  }
  // Nobody has looked at the interrupt before this one: end the program.
  signal(number, SIG_DFL);
  raise(number);
}

void nightjar_interrupt_arm(int32_t *flag, int ends_waits) {
  char bytes[16];
  interrupt_ends_waits = ends_waits && make_interrupt_pipe();
  while (interrupt_ends_waits && read(interrupt_pipe[0], bytes, sizeof bytes) > 0) {
  }
  __atomic_store_n(flag, 0, __ATOMIC_RELEASE);
  __atomic_store_n(&interrupt_flag, flag, __ATOMIC_RELEASE);
  struct sigaction action = {0};
  action.sa_handler = note_interrupt;
  action.sa_flags = ends_waits ? 0 : SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
}

void nightjar_interrupt_disarm(void) {
  signal(SIGINT, SIG_DFL);
  interrupt_ends_waits = 0;
  __atomic_store_n(&interrupt_flag, (int32_t *)NULL, __ATOMIC_RELEASE);
}

int nightjar_interrupt_is_pending(void) {
  int32_t *flag = __atomic_load_n(&interrupt_flag, __ATOMIC_ACQUIRE);
  return flag && __atomic_load_n(flag, __ATOMIC_ACQUIRE);
}

int nightjar_interrupt_descriptor(void) { return interrupt_ends_waits ? interrupt_pipe[0] : -1; }

int nightjar_await_input(int descriptor) {
  while (interrupt_ends_waits) {
    struct pollfd requests[2] = {{descriptor, POLLIN, 0}, {interrupt_pipe[0], POLLIN, 0}};
    int count = poll(requests, 2, -1);
    if (nightjar_interrupt_is_pending()) return 0;
    if (count < 0 ? errno != EINTR : requests[0].revents != 0) break;
  }
  return 1;
}

// MARK: Processes

int nightjar_pipe(int32_t *ends) {
#ifdef __linux__
  return pipe2(ends, O_CLOEXEC);
#else
  if (pipe(ends) != 0) return -1;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  return 0;
#endif
}

int nightjar_spawn(char *const *arguments, char *const *environment, const char *folder,
                   const int32_t *descriptors, int own_group, int32_t *process) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int code = posix_spawn_file_actions_init(&actions);
  if (code != 0) return code;
  code = posix_spawnattr_init(&attributes);
  for (int target = 0; target < 3 && code == 0; target++) {
    if (descriptors[target] >= 0)
      code = posix_spawn_file_actions_adddup2(&actions, descriptors[target], target);
  }
  if (code == 0 && folder) code = posix_spawn_file_actions_addchdir_np(&actions, folder);
  sigset_t none;
  sigemptyset(&none);
  if (code == 0) code = posix_spawnattr_setsigmask(&attributes, &none);
  short flags = POSIX_SPAWN_SETSIGMASK | (own_group ? POSIX_SPAWN_SETPGROUP : 0);
  if (code == 0) code = posix_spawnattr_setflags(&attributes, flags);
  if (code == 0)
    code = posix_spawnp(process, arguments[0], &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

#ifdef __linux__
int nightjar_process_descriptor(int32_t process) {
  return (int)syscall(SYS_pidfd_open, process, 0);
}

int nightjar_watch_make(void) { return epoll_create1(EPOLL_CLOEXEC); }

int nightjar_watch_add(int set, int descriptor, uint64_t token) {
  struct epoll_event event = {EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, {.u64 = token}};
  return epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event);
}

int nightjar_watch_wait(int set, nightjar_change *changes, int count, int milliseconds) {
  struct epoll_event events[256];
  int found = epoll_wait(set, events, count < 256 ? count : 256, milliseconds);
  for (int i = 0; i < found; i++) {
    uint32_t bits = events[i].events;
    changes[i].token = events[i].data.u64;
    changes[i].can_read = (bits & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    changes[i].can_write = (bits & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0;
  }
  return found;
}
#endif

// MARK: Memory

void nightjar_trim_memory(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

void *nightjar_map_pages(size_t count) {
  void *memory = mmap(NULL, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

void nightjar_unmap_pages(void *memory, size_t count) { munmap(memory, count); }

#ifdef __linux__
void *nightjar_resize_pages(void *memory, size_t old_count, size_t count) {
  void *moved = mremap(memory, old_count, count, MREMAP_MAYMOVE);
  return moved == MAP_FAILED ? NULL : moved;
}
#endif
