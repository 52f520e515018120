/* Nightjar in C: runs scripts that its host did not write, from C or from anything that can call C.

     nj_machine *machine = nj_machine_new(NULL);
     nj_value sum = nj_nil();
     size_t count = 1;
     nj_error *error = NULL;
     if (nj_eval(machine, "return 1 + 2", "sum", &sum, &count, &error) != NJ_OK) {
       fprintf(stderr, "%s\n", nj_error_message(error));
       nj_error_free(error);
     }
     nj_release(&sum);
     nj_machine_free(machine);

   Failures. What can fail returns a status, NJ_OK or why not, and takes `nj_error **error` last: where
   it is not NULL it receives the details, which the caller frees. Results are written in either
   case: nil on failure. A null pointer where an object is needed gives NJ_ERROR_ARGUMENT, no crash.

   Ownership. Values that are passed in are read and copied, never kept. Values that are written to an
   `nj_value *` belong to the caller, who gives each to nj_release once; what stood there before is not
   looked at. What is called _new is freed with its _free, in any order: values of a machine that is
   gone read as nil, and releasing them is still right.

   Threads. A machine, its values and what hangs on them are used by one thread at a time; which one may
   change between calls. Different machines run on different threads at once. A chunk belongs to no
   machine and can be loaded from many threads at once. nj_machine_kill may be called from any thread
   while another runs the machine. */

#ifndef NIGHTJAR_H
#define NIGHTJAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One heap of script objects with its globals and libraries. */
typedef struct nj_machine nj_machine;
/* Compiled code. */
typedef struct nj_chunk nj_chunk;
/* What went wrong. */
typedef struct nj_error nj_error;
/* One call of a host function by a script. */
typedef struct nj_context nj_context;
/* A call that the host carries on in turns. */
typedef struct nj_fiber nj_fiber;
/* What a parked host function waits for. */
typedef struct nj_pending nj_pending;
/* What scripts may use of the world. */
typedef struct nj_capabilities nj_capabilities;
/* Files that scripts may be given. */
typedef struct nj_files nj_files;

/* What came of a call. */
typedef enum nj_status {
  NJ_OK = 0,
  NJ_ERROR_SYNTAX = 1,    /* the source text does not compile */
  NJ_ERROR_RUNTIME = 2,   /* an error was raised and not caught */
  NJ_ERROR_FUEL = 3,      /* the machine's fuel is used up */
  NJ_ERROR_MEMORY = 4,    /* the machine's memory is used up */
  NJ_ERROR_TIME = 5,      /* the call took too long */
  NJ_ERROR_KILLED = 6,    /* the machine was stopped */
  NJ_ERROR_ENDED = 7,     /* the machine of the value is gone */
  NJ_ERROR_ARGUMENT = 8,  /* the host passed what the function cannot take */
  NJ_ERROR_SUSPEND = 9,   /* a host function parks, and the call is no fiber */
  NJ_ERROR_SYSTEM = 10    /* the system refused: a folder that is not there */
} nj_status;

/* "out of fuel" and so on: a few words that name a status. */
const char *nj_status_name(nj_status status);

/* The version of the library, such as "0.1.0". */
const char *nj_version(void);

/* -- Values ---------------------------------------------------------------------------------------- */

typedef enum nj_kind {
  NJ_NIL = 0,
  NJ_BOOLEAN = 1,
  NJ_INTEGER = 2,
  NJ_NUMBER = 3, /* a number of the float subtype */
  NJ_STRING = 4,
  NJ_TABLE = 5,
  NJ_FUNCTION = 6,
  NJ_COROUTINE = 7,
  NJ_OBJECT = 8
} nj_kind;

/* A value of a script. Strings have a zero byte behind their last one; it is not counted. */
typedef struct nj_value {
  nj_kind kind;
  union {
    bool boolean;
    int64_t integer;
    double number;
    struct {
      const char *bytes;
      size_t length;
    } string;
  } as;
  void *owner; /* the library's: what keeps an object or a string; NULL where nothing must */
} nj_value;

/* "nil", "boolean", "number" and so on, as scripts call the kind. */
const char *nj_kind_name(nj_kind kind);
/* Gives up a value, which is nil afterwards. */
void nj_release(nj_value *value);
/* Writes another owner of the same value. */
void nj_retain(const nj_value *value, nj_value *copy);
/* Whether two values are equal to a script, without metamethods. */
bool nj_equal(const nj_value *left, const nj_value *right);

static inline nj_value nj_nil(void) {
  nj_value value;
  memset(&value, 0, sizeof value);
  return value;
}

static inline nj_value nj_boolean(bool boolean) {
  nj_value value = nj_nil();
  value.kind = NJ_BOOLEAN;
  value.as.boolean = boolean;
  return value;
}

static inline nj_value nj_integer(int64_t integer) {
  nj_value value = nj_nil();
  value.kind = NJ_INTEGER;
  value.as.integer = integer;
  return value;
}

static inline nj_value nj_number(double number) {
  nj_value value = nj_nil();
  value.kind = NJ_NUMBER;
  value.as.number = number;
  return value;
}

/* A string to pass in; the bytes stay the caller's. */
static inline nj_value nj_bytes(const char *bytes, size_t length) {
  nj_value value = nj_nil();
  value.kind = NJ_STRING;
  value.as.string.bytes = bytes;
  value.as.string.length = length;
  return value;
}

/* The same of a text that ends with a zero byte. */
static inline nj_value nj_string(const char *text) { return nj_bytes(text, strlen(text)); }

/* -- Capabilities ---------------------------------------------------------------------------------- */

/* A machine without capabilities computes and does nothing else. These are gathered before it is made:

     nj_capabilities *given = nj_capabilities_new();
     nj_files *files = nj_files_memory(1 << 20, -1);
     nj_allow_files(given, files);
     nj_allow_network(given, "example.org:443");
     config.capabilities = given;
     nj_machine *machine = nj_machine_new(&config);
     nj_capabilities_free(given);

   They may be freed when the machines are made; files in memory are the host's as much as the scripts',
   and are shared by the machines that were given them, on one thread at a time. */
nj_capabilities *nj_capabilities_new(void);
void nj_capabilities_free(nj_capabilities *capabilities);

/* Files: `io`, `require`, `dofile` and the like work on them. */
void nj_allow_files(nj_capabilities *capabilities, const nj_files *files);

/* Receives what scripts write: stream 1 is standard output, 2 standard error. */
typedef void (*nj_output)(int stream, const char *bytes, size_t length, void *userdata);
/* `print` and `io.write` call `output`; `io.read` reads `input`, which is copied and may be NULL. */
void nj_allow_streams(
    nj_capabilities *capabilities, const char *input, size_t input_length,
    nj_output output, void *userdata);
/* The streams of this process instead. */
void nj_allow_standard_streams(nj_capabilities *capabilities);

/* The real clock; without it there is one of steps of 10 ms, which tells no time of day. */
void nj_allow_clock(nj_capabilities *capabilities);
/* A moment, in seconds since 1970, that never passes. */
void nj_allow_fixed_clock(nj_capabilities *capabilities, int64_t seconds);
/* A variable of the environment; `value` NULL is the one that this process has. */
void nj_allow_variable(nj_capabilities *capabilities, const char *name, const char *value);
/* An address for `net` and `http`: "example.org:443", "example.org", "*:8080"; NULL is all. */
void nj_allow_network(nj_capabilities *capabilities, const char *address);
/* Running programs with the rights of this process, and ending it: there is no sandbox around them. */
void nj_allow_programs(nj_capabilities *capabilities);

/* Files in memory; -1 for no bound on their bytes or number. */
nj_files *nj_files_memory(int64_t bytes, int64_t count);
/* A folder of the system and what is below it. */
nj_status nj_files_folder(
    const char *path, bool is_writable, nj_files **files, nj_error **error);
/* Files in memory over others, which stay as they are; NULL if `memory` is not in memory. */
nj_files *nj_files_overlay(const nj_files *memory, const nj_files *lower);
/* The same files with a bound on what scripts write and make in all; -1 for none. */
nj_files *nj_files_limited(const nj_files *files, int64_t bytes, int64_t count);
void nj_files_free(nj_files *files);
/* Makes or replaces a file in memory, with the folders on the way to it. */
nj_status nj_files_put(
    nj_files *memory, const char *path, const char *bytes, size_t length, nj_error **error);
/* The contents of a file in memory; nil where there is none. */
nj_status nj_files_get(
    const nj_files *memory, const char *path, nj_value *contents, nj_error **error);

/* -- Machines -------------------------------------------------------------------------------------- */

/* A version of Lua. */
typedef enum nj_dialect {
  NJ_LUA_5_4 = 0,
  NJ_LUA_5_1 = 1,
  NJ_LUA_5_2 = 2,
  NJ_LUA_5_3 = 3,
  NJ_LUA_5_5 = 5,
  NJ_LUAJIT = 6
} nj_dialect;

/* How to make a machine. nj_config_init fills in what holds without one: a sandbox that computes and
   does nothing else, without bounds on fuel, memory, output and time. */
typedef struct nj_config {
  uint64_t seed;         /* of hash functions and random numbers: the same seed, the same run */
  int64_t fuel;          /* instructions of all calls together; -1 for no bound */
  int64_t memory;        /* bytes of the heap; -1 for no bound */
  int64_t microseconds;  /* of one call; -1 for no bound */
  int64_t call_depth;    /* nested calls */
  int64_t string_length; /* bytes of one string */
  int64_t source_length; /* bytes compiled at once */
  int64_t open_handles;  /* files, connections and processes open at once */
  int64_t output;        /* bytes written to standard output and error; -1 for no bound */
  int64_t dialect;       /* an nj_dialect */
  const nj_capabilities *capabilities; /* NULL for none */
  int64_t reserved[5];   /* zero */
} nj_config;

void nj_config_init(nj_config *config);

/* A new machine; `config` may be NULL. */
nj_machine *nj_machine_new(const nj_config *config);
/* Ends a machine. NULL is fine; a function of the host that the machine is calling may do it too. */
void nj_machine_free(nj_machine *machine);

/* The fuel that is left; where nothing bounds it, a large number. */
int64_t nj_machine_fuel(const nj_machine *machine);
void nj_machine_set_fuel(nj_machine *machine, int64_t fuel);
/* Bytes that the machine's objects use now. */
size_t nj_machine_memory(const nj_machine *machine);
/* Ends the call that runs, and all later ones, with NJ_ERROR_KILLED, which no script can catch. May be
   called from any thread. */
void nj_machine_kill(nj_machine *machine);

/* -- Code ------------------------------------------------------------------------------------------ */

/* Compiles a text. `name` is what messages call it; NULL is "script". A chunk runs in machines of any
   dialect, each with the libraries of its own. */
nj_status nj_compile(
    const char *source, size_t length, const char *name, nj_dialect dialect, nj_chunk **chunk,
    nj_error **error);
void nj_chunk_free(nj_chunk *chunk);

/* The function of a chunk in a machine. */
nj_status nj_load(
    nj_machine *machine, const nj_chunk *chunk, nj_value *function, nj_error **error);

/* Calls a function.

   `result_count` says for how many values `results` has room and receives how many there were. Places
   without a result are set to nil, and results without a place are dropped. Who wants none
   passes NULL for both. */
nj_status nj_call(
    const nj_value *function, const nj_value *arguments, size_t argument_count,
    nj_value *results, size_t *result_count, nj_error **error);

/* Compiles a text that ends with a zero byte, in the machine's dialect, and calls it. */
nj_status nj_eval(
    nj_machine *machine, const char *source, const char *name,
    nj_value *results, size_t *result_count, nj_error **error);

/* -- Tables ---------------------------------------------------------------------------------------- */

/* A new table with room for what will come. */
nj_status nj_table_new(
    nj_machine *machine, size_t array_count, size_t field_count, nj_value *table, nj_error **error);
/* The table of global variables. */
nj_status nj_globals(nj_machine *machine, nj_value *table, nj_error **error);

/* table[key] as scripts see it, metamethods included. */
nj_status nj_get(
    const nj_value *table, const nj_value *key, nj_value *value, nj_error **error);
nj_status nj_set(
    const nj_value *table, const nj_value *key, const nj_value *value, nj_error **error);
/* The same for a name. */
nj_status nj_get_field(
    const nj_value *table, const char *name, nj_value *value, nj_error **error);
nj_status nj_set_field(
    const nj_value *table, const char *name, const nj_value *value, nj_error **error);
/* The same for an index; lists begin at 1. */
nj_status nj_get_index(
    const nj_value *table, int64_t index, nj_value *value, nj_error **error);
nj_status nj_set_index(
    const nj_value *table, int64_t index, const nj_value *value, nj_error **error);

/* How many elements stand at 1, 2, … without a gap. */
size_t nj_length(const nj_value *table);
/* The entry at a position, which begins at 0 and is moved on; false behind the last one. The table must
   not get new keys between the steps. */
bool nj_next(const nj_value *table, size_t *position, nj_value *key, nj_value *value);

/* The metatable of a table or an object; nil when it has none. */
nj_status nj_get_metatable(const nj_value *value, nj_value *metatable, nj_error **error);
/* Sets it, or takes it away with nil or NULL. */
nj_status nj_set_metatable(const nj_value *value, const nj_value *metatable, nj_error **error);

/* -- Functions and objects of the host ------------------------------------------------------------- */

/* What a script calls. It returns NJ_OK, or what nj_fail and the functions beside it return. */
typedef nj_status (*nj_function)(nj_context *context, void *userdata);
/* Called once with the userdata when no script can reach it any more; may be NULL. It must not use the
   machine. */
typedef void (*nj_free)(void *userdata);

nj_status nj_function_new(
    nj_machine *machine, nj_function body, void *userdata, nj_free release,
    nj_value *function, nj_error **error);

/* The machine that calls; it belongs to the context's caller. */
nj_machine *nj_context_machine(const nj_context *context);
size_t nj_argument_count(const nj_context *context);
/* An argument, from 0; nil behind the last one. It belongs to the call and lasts as long. */
const nj_value *nj_argument(const nj_context *context, size_t index);
/* Adds a result, which is copied. */
nj_status nj_return(nj_context *context, const nj_value *value);
/* Raises an error in the script: the message, with the place of the call in front. */
nj_status nj_fail(nj_context *context, const char *message);
/* Raises the error that an argument, from 0, is not what it should be: "bad argument #1 to 'send'
   (table expected, got nil)". */
nj_status nj_fail_argument(nj_context *context, size_t index, const char *expected);
/* Raises an error that a call inside this one ended with, and frees it. */
nj_status nj_fail_with(nj_context *context, nj_error *error);

/* Lets the call wait for something that the host does meanwhile. The function returns what this returns;
   the fiber that called it stops with NJ_AWAITING. Whoever has the pending answers it once, with
   nj_complete or nj_complete_error, which free it; the fiber then goes on with its next turn. */
nj_status nj_park(nj_context *context, nj_pending **pending);
void nj_complete(nj_pending *pending, const nj_value *results, size_t result_count);
/* Raises an error in the script. */
void nj_complete_error(nj_pending *pending, const char *message);

/* An object that stands for a pointer of the host. */
nj_status nj_object_new(
    nj_machine *machine, void *pointer, nj_free release, nj_value *object, nj_error **error);
/* The pointer; NULL for what nj_object_new has not made. */
void *nj_object_pointer(const nj_value *object);

/* -- Coroutines ------------------------------------------------------------------------------------ */

typedef enum nj_coroutine_status {
  NJ_SUSPENDED = 0, /* not begun, or waiting in a yield */
  NJ_RUNNING = 1,
  NJ_NORMAL = 2, /* waiting for a coroutine that it resumed */
  NJ_DEAD = 3    /* finished or failed */
} nj_coroutine_status;

nj_status nj_coroutine_new(
    nj_machine *machine, const nj_value *function, nj_value *coroutine, nj_error **error);
/* Runs a coroutine until it yields, returns or fails; arguments and results as for nj_call. */
nj_status nj_resume(
    const nj_value *coroutine, const nj_value *arguments, size_t argument_count,
    nj_value *results, size_t *result_count, nj_error **error);
nj_coroutine_status nj_get_coroutine_status(const nj_value *coroutine);

/* -- Fibers ---------------------------------------------------------------------------------------- */

/* Why a turn ended. */
typedef enum nj_outcome {
  NJ_FINISHED = 0,   /* the function returned: results */
  NJ_FAILED = 1,     /* an error ended it, or a limit of the machine: error */
  NJ_YIELDED = 2,    /* it called coroutine.yield: results; the next turn may pass values back */
  NJ_AWAITING = 3,   /* a host function has parked it, and is not answered */
  NJ_OUT_OF_FUEL = 4 /* what the turn may use is used up */
} nj_outcome;

/* A call that nj_fiber_run carries on; nothing of it has run yet. */
nj_status nj_fiber_new(
    nj_machine *machine, const nj_value *function, const nj_value *arguments,
    size_t argument_count, nj_fiber **fiber, nj_error **error);
/* Runs a turn of at most so much fuel; -1 is whatever the machine's limits leave. `values` are what
   coroutine.yield returns; results as for nj_call. */
nj_outcome nj_fiber_run(
    nj_fiber *fiber, int64_t fuel, const nj_value *values, size_t value_count,
    nj_value *results, size_t *result_count, nj_error **error);
/* Runs a turn of at most so long, as a game does in each frame. */
nj_outcome nj_fiber_run_for(
    nj_fiber *fiber, int64_t microseconds, const nj_value *values, size_t value_count,
    nj_value *results, size_t *result_count, nj_error **error);
/* Ends a fiber: if it is paused, its variables to be closed are closed. */
void nj_fiber_free(nj_fiber *fiber);

/* -- Errors ---------------------------------------------------------------------------------------- */

/* The texts last until the error is freed; of NULL they are empty. */
nj_status nj_error_status(const nj_error *error);
/* With chunk name and line in front where the script's error had them. */
const char *nj_error_message(const nj_error *error);
/* The chunk whose function failed; empty when it is not known. */
const char *nj_error_chunk(const nj_error *error);
/* The line in it, from 1; 0 when it is not known. */
int64_t nj_error_line(const nj_error *error);
/* The calls that were active; empty when there were none. */
const char *nj_error_traceback(const nj_error *error);
void nj_error_free(nj_error *error);

#ifdef __cplusplus
}
#endif

#endif
