// Tells the thread sanitizer of mutexes that were waited for. Swift's Mutex takes and leaves its lock in the
// program's own code, which the sanitizer sees, but where threads meet it does so in libswiftSynchronization,
// which was not built for the sanitizer: what a thread does after waiting looks like a race. Tools/sanitize
// preloads this.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define HANDLE __attribute__((swift_context)) void *handle

typedef SWIFT void lock_function(uint32_t thread, HANDLE);
typedef SWIFT void unlock_function(HANDLE);

SWIFT void nightjar_lock_slow(uint32_t thread, HANDLE) __asm__(LOCK);
SWIFT void nightjar_unlock_slow(HANDLE) __asm__(UNLOCK);

SWIFT void nightjar_lock_slow(uint32_t thread, HANDLE) {
  lock_function *original = (lock_function *)dlsym(RTLD_NEXT, LOCK);
  original(thread, handle);
  if (__tsan_acquire) __tsan_acquire(handle);
}

SWIFT void nightjar_unlock_slow(HANDLE) {
  unlock_function *original = (unlock_function *)dlsym(RTLD_NEXT, UNLOCK);
  if (__tsan_release) __tsan_release(handle);
  original(handle);
}
