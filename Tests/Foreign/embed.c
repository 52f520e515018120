// The C interface from C: every function of the header, each claim of its comments.

#include <nightjar.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static _Atomic int failures = 0;
static _Atomic int checks = 0;

#define CHECK(condition) check((condition), #condition, __LINE__)
#define TEXT_IS(text, expected) text_is((text), (expected), __LINE__)

static void check(bool holds, const char *what, int line) {
  checks += 1;
  if (holds) return;
  failures += 1;
  printf("embed.c:%d: %s\n", line, what);
}

static void text_is(const char *text, const char *expected, int line) {
  checks += 1;
  if (text != NULL && strcmp(text, expected) == 0) return;
  failures += 1;
  printf("embed.c:%d: \"%s\" is not \"%s\"\n", line, text == NULL ? "NULL" : text, expected);
}

// Evaluates to one value.
static nj_value eval(nj_machine *machine, const char *source) {
  nj_value result;
  size_t count = 1;
  nj_error *error = NULL;
  nj_status status = nj_eval(machine, source, "test", &result, &count, &error);
  if (status != NJ_OK) printf("%s\n", nj_error_message(error));
  check(status == NJ_OK, source, 0);
  nj_error_free(error);
  return result;
}

static int64_t eval_integer(nj_machine *machine, const char *source) {
  nj_value result = eval(machine, source);
  check(result.kind == NJ_INTEGER, source, 0);
  return result.as.integer;
}

static void values_of_every_kind(void) {
  nj_machine *machine = nj_machine_new(NULL);
  nj_value value = eval(machine, "return nil");
  CHECK(value.kind == NJ_NIL && value.owner == NULL);
  value = eval(machine, "return true");
  CHECK(value.kind == NJ_BOOLEAN && value.as.boolean && value.owner == NULL);
  value = eval(machine, "return math.mininteger");
  CHECK(value.kind == NJ_INTEGER && value.as.integer == INT64_MIN);
  value = eval(machine, "return 2.5");
  CHECK(value.kind == NJ_NUMBER && value.as.number == 2.5);
  value = eval(machine, "return 'a\\0b'");
  CHECK(value.kind == NJ_STRING && value.as.string.length == 3);
  CHECK(memcmp(value.as.string.bytes, "a\0b", 4) == 0);
  nj_release(&value);
  CHECK(value.kind == NJ_NIL && value.owner == NULL);
  nj_release(&value);
  const char *objects[] = {"return {}", "return print or type", "return coroutine.create(type)"};
  nj_kind kinds[] = {NJ_TABLE, NJ_FUNCTION, NJ_COROUTINE};
  for (int n = 0; n < 3; n += 1) {
    value = eval(machine, objects[n]);
    nj_value again;
    nj_retain(&value, &again);
    CHECK(value.kind == kinds[n] && nj_equal(&value, &again));
    nj_release(&value);
    CHECK(again.kind == kinds[n] && !nj_equal(&value, &again));
    nj_release(&again);
  }
  nj_value one = nj_integer(1), also_one = nj_number(1), text = nj_string("1"), truth = nj_boolean(true);
  CHECK(nj_equal(&one, &also_one) && !nj_equal(&one, &text) && !nj_equal(&one, &truth));
  // A copy of a string has bytes of its own.
  char letters[] = "abc";
  text = nj_string(letters);
  nj_value copy;
  nj_retain(&text, &copy);
  letters[0] = 'x';
  TEXT_IS(copy.as.string.bytes, "abc");
  nj_release(&copy);
  TEXT_IS(nj_kind_name(NJ_COROUTINE), "thread");
  TEXT_IS(nj_kind_name((nj_kind)99), "unknown");
  CHECK(strlen(nj_version()) > 0);
  nj_machine_free(machine);
}

static void code_and_results(void) {
  const char *source = "local a, b = ... return a + b, a * b, 'third'";
  nj_chunk *chunk = NULL;
  nj_error *error = NULL;
  CHECK(nj_compile(source, strlen(source), "sums", NJ_LUA_5_4, &chunk, &error) == NJ_OK && error == NULL);
  // One chunk, two machines.
  for (int n = 0; n < 2; n += 1) {
    nj_machine *machine = nj_machine_new(NULL);
    nj_value function;
    CHECK(nj_load(machine, chunk, &function, NULL) == NJ_OK && function.kind == NJ_FUNCTION);
    nj_value arguments[] = {nj_integer(6), nj_number(7)};
    nj_value results[4];
    size_t count = 4;
    CHECK(nj_call(&function, arguments, 2, results, &count, NULL) == NJ_OK && count == 3);
    CHECK(results[0].as.number == 13 && results[1].as.number == 42 && results[3].kind == NJ_NIL);
    TEXT_IS(results[2].as.string.bytes, "third");
    nj_release(&results[2]);
    // Room for one: the others are dropped, and counted.
    count = 1;
    CHECK(nj_call(&function, arguments, 2, results, &count, NULL) == NJ_OK && count == 3);
    CHECK(nj_call(&function, arguments, 2, NULL, NULL, NULL) == NJ_OK);
    // Errors say what, where and how one got there.
    arguments[1] = nj_boolean(true);
    count = 1;
    CHECK(nj_call(&function, arguments, 2, results, &count, &error) == NJ_ERROR_RUNTIME);
    CHECK(count == 0 && results[0].kind == NJ_NIL && nj_error_status(error) == NJ_ERROR_RUNTIME);
    TEXT_IS(
        nj_error_message(error),
        "sums:1: attempt to perform arithmetic on a boolean value (local 'b')");
    TEXT_IS(nj_error_chunk(error), "sums");
    CHECK(nj_error_line(error) == 1);
    CHECK(strstr(nj_error_traceback(error), "stack traceback") != NULL);
    nj_error_free(error);
    nj_release(&function);
    nj_machine_free(machine);
  }
  nj_chunk_free(chunk);
  CHECK(nj_compile("x =", 3, "broken", NJ_LUA_5_4, &chunk, &error) == NJ_ERROR_SYNTAX && chunk == NULL);
  CHECK(strncmp(nj_error_message(error), "broken:1:", 9) == 0);
  nj_error_free(error);
  TEXT_IS(nj_status_name(NJ_ERROR_SYNTAX), "syntax error");
}

static void tables(void) {
  nj_machine *machine = nj_machine_new(NULL);
  nj_value table, globals, value, key;
  CHECK(nj_table_new(machine, 4, 4, &table, NULL) == NJ_OK);
  for (int n = 1; n <= 3; n += 1) {
    value = nj_integer(n * n);
    CHECK(nj_set_index(&table, n, &value, NULL) == NJ_OK);
  }
  value = nj_string("red");
  CHECK(nj_set_field(&table, "colour", &value, NULL) == NJ_OK);
  key = nj_number(2.5);
  value = nj_boolean(false);
  CHECK(nj_set(&table, &key, &value, NULL) == NJ_OK);
  CHECK(nj_length(&table) == 3);
  CHECK(nj_globals(machine, &globals, NULL) == NJ_OK);
  CHECK(nj_set_field(&globals, "t", &table, NULL) == NJ_OK);
  CHECK(eval_integer(machine, "t.size = #t return t[3] + #t.colour") == 12);
  CHECK(nj_get_field(&table, "size", &value, NULL) == NJ_OK && value.as.integer == 3);
  CHECK(nj_get_index(&table, 2, &value, NULL) == NJ_OK && value.as.integer == 4);
  CHECK(nj_get(&table, &key, &value, NULL) == NJ_OK && value.kind == NJ_BOOLEAN);
  // Entries come in the order in which they were set.
  size_t position = 0;
  int entries = 0;
  int64_t sum = 0;
  while (nj_next(&table, &position, &key, &value)) {
    entries += 1;
    if (value.kind == NJ_INTEGER) sum += value.as.integer;
    if (entries == 4) TEXT_IS(key.as.string.bytes, "colour");
    nj_release(&key);
    nj_release(&value);
  }
  CHECK(entries == 6 && sum == 1 + 4 + 9 + 3 && key.kind == NJ_NIL);
  // Metamethods take part in get and set, and what they raise comes back.
  nj_value metatable = eval(
      machine, "return {__index = function(_, k) return k .. '!' end,"
               " __newindex = function(_, k) error('no ' .. k, 0) end}");
  CHECK(nj_set_metatable(&table, &metatable, NULL) == NJ_OK);
  CHECK(nj_get_field(&table, "shout", &value, NULL) == NJ_OK);
  TEXT_IS(value.as.string.bytes, "shout!");
  nj_release(&value);
  nj_error *error = NULL;
  value = nj_integer(1);
  CHECK(nj_set_field(&table, "more", &value, &error) == NJ_ERROR_RUNTIME);
  TEXT_IS(nj_error_message(error), "no more");
  nj_error_free(error);
  CHECK(nj_get_metatable(&table, &value, NULL) == NJ_OK && nj_equal(&value, &metatable));
  nj_release(&value);
  CHECK(nj_set_metatable(&table, NULL, NULL) == NJ_OK);
  CHECK(nj_get_metatable(&table, &value, NULL) == NJ_OK && value.kind == NJ_NIL);
  nj_release(&metatable);
  nj_release(&globals);
  nj_release(&table);
  nj_machine_free(machine);
}

// -- Host functions

static int released = 0;
static void count_release(void *userdata) {
  (void)userdata;
  released += 1;
}

static nj_status scale(nj_context *context, void *userdata) {
  const nj_value *value = nj_argument(context, 0);
  if (value->kind != NJ_INTEGER) return nj_fail_argument(context, 0, "integer");
  if (nj_argument(context, 1)->kind != NJ_NIL) return nj_fail(context, "one argument is enough");
  nj_value product = nj_integer(value->as.integer * *(int64_t *)userdata);
  nj_value count = nj_integer((int64_t)nj_argument_count(context));
  nj_status status = nj_return(context, &product);
  return status != NJ_OK ? status : nj_return(context, &count);
}

// Calls its argument, and passes on what goes wrong there.
static nj_status apply(nj_context *context, void *userdata) {
  (void)userdata;
  CHECK(nj_context_machine(context) != NULL);
  nj_value result;
  size_t count = 1;
  nj_error *error = NULL;
  if (nj_call(nj_argument(context, 0), NULL, 0, &result, &count, &error) != NJ_OK)
    return nj_fail_with(context, error);
  nj_status status = nj_return(context, &result);
  nj_release(&result);
  return status;
}

static void define(
    nj_machine *machine, const char *name, nj_function body, void *userdata, nj_free release) {
  nj_value function, globals;
  CHECK(nj_function_new(machine, body, userdata, release, &function, NULL) == NJ_OK);
  CHECK(nj_globals(machine, &globals, NULL) == NJ_OK);
  CHECK(nj_set_field(&globals, name, &function, NULL) == NJ_OK);
  nj_release(&function);
  nj_release(&globals);
}

static void host_functions(void) {
  nj_machine *machine = nj_machine_new(NULL);
  int64_t factor = 7;
  define(machine, "scale", scale, &factor, count_release);
  define(machine, "apply", apply, NULL, NULL);
  CHECK(eval_integer(machine, "return (scale(6))") == 42);
  CHECK(eval_integer(machine, "return select(2, scale(6))") == 1);
  // Errors of host functions are strings, as those of the libraries are.
  nj_value message = eval(machine, "return select(2, pcall(scale, 'x'))");
  TEXT_IS(message.as.string.bytes, "bad argument #1 to 'scale' (integer expected, got string)");
  nj_release(&message);
  message = eval(machine, "return select(2, pcall(function() scale(1, 2) end))");
  TEXT_IS(message.as.string.bytes, "test:1: one argument is enough");
  nj_release(&message);
  CHECK(eval_integer(machine, "return apply(function() return scale(2) end)") == 14);
  nj_error *error = NULL;
  CHECK(
      nj_eval(machine, "apply(function() error('inner', 0) end)", NULL, NULL, NULL, &error)
      == NJ_ERROR_RUNTIME);
  TEXT_IS(nj_error_message(error), "inner");
  nj_error_free(error);
  // The userdata is given back when the function is collected.
  CHECK(released == 0);
  nj_value nothing = eval(machine, "scale = nil collectgarbage() collectgarbage()");
  nj_release(&nothing);
  CHECK(released == 1);
  define(machine, "again", scale, &factor, count_release);
  nj_machine_free(machine);
  CHECK(released == 2);
}

static void objects(void) {
  released = 0;
  nj_machine *machine = nj_machine_new(NULL);
  int64_t factor = 3;
  define(machine, "scale", scale, &factor, NULL);
  int subject = 5;
  nj_value object, globals, metatable;
  CHECK(nj_object_new(machine, &subject, count_release, &object, NULL) == NJ_OK);
  CHECK(object.kind == NJ_OBJECT && nj_object_pointer(&object) == &subject);
  metatable = eval(machine, "return {__index = {size = 9}, __name = 'subject'}");
  CHECK(nj_set_metatable(&object, &metatable, NULL) == NJ_OK);
  CHECK(nj_globals(machine, &globals, NULL) == NJ_OK);
  CHECK(nj_set_field(&globals, "subject", &object, NULL) == NJ_OK);
  CHECK(eval_integer(machine, "return subject.size") == 9);
  nj_value same = eval(machine, "return subject");
  CHECK(nj_equal(&same, &object) && nj_object_pointer(&same) == &subject);
  CHECK(nj_object_pointer(&globals) == NULL);
  nj_release(&same);
  nj_release(&object);
  nj_release(&metatable);
  nj_release(&globals);
  CHECK(released == 0);
  nj_machine_free(machine);
  CHECK(released == 1);
}

static void coroutines(void) {
  nj_machine *machine = nj_machine_new(NULL);
  nj_value function = eval(
      machine, "return function(a) local b = coroutine.yield(a + 1) return b * 2, 'end' end");
  nj_value coroutine, results[2];
  CHECK(nj_coroutine_new(machine, &function, &coroutine, NULL) == NJ_OK);
  CHECK(nj_get_coroutine_status(&coroutine) == NJ_SUSPENDED);
  nj_value argument = nj_integer(1);
  size_t count = 2;
  CHECK(nj_resume(&coroutine, &argument, 1, results, &count, NULL) == NJ_OK && count == 1);
  CHECK(results[0].as.integer == 2 && nj_get_coroutine_status(&coroutine) == NJ_SUSPENDED);
  argument = nj_integer(21);
  count = 2;
  CHECK(nj_resume(&coroutine, &argument, 1, results, &count, NULL) == NJ_OK && count == 2);
  CHECK(results[0].as.integer == 42 && nj_get_coroutine_status(&coroutine) == NJ_DEAD);
  nj_release(&results[1]);
  CHECK(nj_resume(&coroutine, NULL, 0, NULL, NULL, NULL) == NJ_ERROR_RUNTIME);
  nj_release(&coroutine);
  nj_release(&function);
  nj_machine_free(machine);
}

// -- Limits

static nj_status run_limited(nj_config *config, const char *source, nj_error **error) {
  nj_machine *machine = nj_machine_new(config);
  nj_status status = nj_eval(machine, source, "limited", NULL, NULL, error);
  nj_machine_free(machine);
  return status;
}

static void *kill_soon(void *machine) {
  for (volatile int n = 0; n < 20000000; n += 1) {
  }
  nj_machine_kill(machine);
  return NULL;
}

static void limits(void) {
  nj_config config;
  nj_error *error = NULL;
  const char *endless = "pcall(function() while true do end end) while true do end";
  nj_config_init(&config);
  CHECK(config.fuel == -1 && config.memory == -1 && config.call_depth > 100);
  config.fuel = 100000;
  CHECK(run_limited(&config, endless, &error) == NJ_ERROR_FUEL);
  CHECK(strlen(nj_error_message(error)) > 0);
  nj_error_free(error);
  nj_config_init(&config);
  config.memory = 4 << 20;
  CHECK(run_limited(&config, "local t = {} for i = 1, 1e9 do t[i] = {i} end", NULL) == NJ_ERROR_MEMORY);
  nj_config_init(&config);
  config.microseconds = 20000;
  CHECK(run_limited(&config, endless, NULL) == NJ_ERROR_TIME);
  nj_config_init(&config);
  config.call_depth = 100;
  CHECK(
      run_limited(&config, "local function f() return 1 + f() end f()", NULL) == NJ_ERROR_RUNTIME);

  nj_config_init(&config);
  config.fuel = 1000000;
  nj_machine *machine = nj_machine_new(&config);
  int64_t before = nj_machine_fuel(machine);
  CHECK(before > 900000 && before <= 1000000);
  CHECK(eval_integer(machine, "local n = 0 for i = 1, 1000 do n = n + i end return n") == 500500);
  int64_t after = nj_machine_fuel(machine);
  CHECK(after < before - 1000 && after > before - 10000);
  nj_machine_set_fuel(machine, 5);
  CHECK(nj_eval(machine, endless, NULL, NULL, NULL, NULL) == NJ_ERROR_FUEL);
  nj_machine_set_fuel(machine, 100000);
  CHECK(eval_integer(machine, "return 7") == 7);
  CHECK(nj_machine_memory(machine) > 1000);
  nj_machine_free(machine);

  machine = nj_machine_new(NULL);
  pthread_t other;
  pthread_create(&other, NULL, kill_soon, machine);
  CHECK(nj_eval(machine, endless, NULL, NULL, NULL, NULL) == NJ_ERROR_KILLED);
  pthread_join(other, NULL);
  CHECK(nj_eval(machine, "return 1", NULL, NULL, NULL, NULL) == NJ_ERROR_KILLED);
  nj_machine_free(machine);
}

// The same seed and program, the same run.
static void seeds(void) {
  nj_config config;
  nj_config_init(&config);
  config.seed = 42;
  int64_t numbers[3];
  for (int n = 0; n < 3; n += 1) {
    if (n == 2) config.seed = 43;
    nj_machine *machine = nj_machine_new(&config);
    numbers[n] = eval_integer(machine, "return math.random(0)");
    nj_machine_free(machine);
  }
  CHECK(numbers[0] == numbers[1] && numbers[0] != numbers[2]);
}

// Mistakes of the host are errors, not crashes.
static void misuse(void) {
  nj_error *error = NULL;
  nj_value value = nj_nil();
  CHECK(nj_eval(NULL, "return 1", NULL, NULL, NULL, &error) == NJ_ERROR_ARGUMENT);
  TEXT_IS(nj_error_message(error), "the machine is null");
  nj_error_free(error);
  nj_machine *machine = nj_machine_new(NULL);
  nj_machine *stranger = nj_machine_new(NULL);
  CHECK(nj_eval(machine, NULL, NULL, NULL, NULL, NULL) == NJ_ERROR_ARGUMENT);
  CHECK(nj_load(machine, NULL, &value, NULL) == NJ_ERROR_ARGUMENT);
  CHECK(nj_call(NULL, NULL, 0, NULL, NULL, NULL) == NJ_ERROR_ARGUMENT);
  CHECK(nj_call(&value, NULL, 0, NULL, NULL, NULL) == NJ_ERROR_ARGUMENT);
  CHECK(nj_function_new(machine, NULL, NULL, NULL, &value, NULL) == NJ_ERROR_ARGUMENT);
  CHECK(nj_get_field(&value, "x", &value, NULL) == NJ_ERROR_ARGUMENT);
  nj_value odd = nj_nil();
  odd.kind = (nj_kind)77;
  nj_value type = eval(machine, "return type");
  CHECK(nj_call(&type, &odd, 1, NULL, NULL, NULL) == NJ_ERROR_ARGUMENT);
  CHECK(nj_call(&type, NULL, 1, NULL, NULL, NULL) == NJ_ERROR_ARGUMENT);
  // A value of one machine is refused by another.
  nj_value foreign = eval(stranger, "return {}");
  CHECK(nj_call(&type, &foreign, 1, NULL, NULL, NULL) != NJ_OK);
  // Values may outlive their machine; they are worth nothing then.
  nj_machine_free(stranger);
  CHECK(nj_length(&foreign) == 0);
  CHECK(nj_get_index(&foreign, 1, &value, NULL) != NJ_OK && value.kind == NJ_NIL);
  nj_release(&foreign);
  nj_release(&type);
  nj_machine_free(machine);
  nj_machine_free(NULL);
  nj_chunk_free(NULL);
  nj_error_free(NULL);
  nj_release(NULL);
  TEXT_IS(nj_error_message(NULL), "");
}

static nj_status end_machine(nj_context *context, void *userdata) {
  (void)userdata;
  nj_machine_free(nj_context_machine(context));
  return NJ_OK;
}

// A machine that a function of the host ends while it runs.
static void ending_inside(void) {
  nj_machine *machine = nj_machine_new(NULL);
  define(machine, "finish", end_machine, NULL, NULL);
  nj_value result;
  size_t count = 1;
  nj_status status = nj_eval(machine, "finish() return 5", NULL, &result, &count, NULL);
  CHECK(status == NJ_OK ? result.as.integer == 5 : result.kind == NJ_NIL);
}

// Machines on threads of their own.
static void *sum_on_thread(void *start) {
  nj_machine *machine = nj_machine_new(NULL);
  nj_value function, argument = nj_integer(*(int64_t *)start), result;
  size_t count = 1;
  function = eval(machine, "return function(n) local s = 0 for i = 1, n do s = s + i end return s end");
  nj_status status = nj_call(&function, &argument, 1, &result, &count, NULL);
  *(int64_t *)start = status == NJ_OK ? result.as.integer : -1;
  nj_release(&function);
  nj_machine_free(machine);
  return NULL;
}

static void threads(void) {
  pthread_t made[4];
  int64_t numbers[4];
  for (int n = 0; n < 4; n += 1) {
    numbers[n] = 1000 * (n + 1);
    pthread_create(&made[n], NULL, sum_on_thread, &numbers[n]);
  }
  for (int n = 0; n < 4; n += 1) {
    pthread_join(made[n], NULL);
    int64_t end = 1000 * (n + 1);
    CHECK(numbers[n] == end * (end + 1) / 2);
  }
}

// MARK: Fibers

// What a parked call is to be answered with, by number.
static nj_pending *waiting[4];
static size_t waiting_count = 0;

static nj_status fetch(nj_context *context, void *userdata) {
  (void)userdata;
  const nj_value *name = nj_argument(context, 0);
  if (name->kind != NJ_STRING) return nj_fail_argument(context, 0, "string");
  // What is there at once needs no waiting.
  if (strcmp(name->as.string.bytes, "cached") == 0) {
    nj_value result = nj_integer(1);
    return nj_return(context, &result);
  }
  return nj_park(context, &waiting[waiting_count++]);
}

static nj_fiber *fiber_of(nj_machine *machine, const char *source, nj_value *argument) {
  nj_value function = eval(machine, source);
  nj_fiber *fiber = NULL;
  CHECK(nj_fiber_new(machine, &function, argument, argument == NULL ? 0 : 1, &fiber, NULL) == NJ_OK);
  nj_release(&function);
  return fiber;
}

static void stepping(void) {
  nj_machine *machine = nj_machine_new(NULL);
  nj_value argument = nj_integer(1000000), result;
  size_t count = 1;
  nj_error *error = NULL;
  nj_fiber *fiber = fiber_of(
      machine, "return function(n) local s = 0 for i = 1, n do s = s + i end return s end", &argument);
  int turns = 0;
  nj_outcome outcome;
  while ((outcome = nj_fiber_run(fiber, 100000, NULL, 0, &result, &count, &error)) ==
         NJ_OUT_OF_FUEL) {
    turns += 1;
    count = 1;
  }
  CHECK(outcome == NJ_FINISHED && turns >= 10 && turns < 100);
  CHECK(count == 1 && result.as.integer == 500000500000);
  // What has ended does not go on.
  CHECK(nj_fiber_run(fiber, -1, NULL, 0, NULL, NULL, &error) == NJ_FAILED);
  CHECK(nj_error_status(error) == NJ_ERROR_RUNTIME);
  nj_error_free(error);
  nj_fiber_free(fiber);

  // Values go out and come back.
  fiber = fiber_of(machine, "return function(a) return coroutine.yield(a + 1) * 2 end", &argument);
  count = 1;
  CHECK(nj_fiber_run(fiber, -1, NULL, 0, &result, &count, NULL) == NJ_YIELDED);
  CHECK(count == 1 && result.as.integer == 1000001);
  argument = nj_integer(21);
  count = 1;
  CHECK(nj_fiber_run(fiber, -1, &argument, 1, &result, &count, NULL) == NJ_FINISHED);
  CHECK(count == 1 && result.as.integer == 42);
  nj_fiber_free(fiber);

  // A turn measured in time ends; giving a fiber up closes its variables.
  fiber = fiber_of(
      machine,
      "closed = 0 return function() local x <close> = setmetatable({}, {__close = function()"
      " closed = closed + 1 end}) while true do end end",
      NULL);
  CHECK(nj_fiber_run_for(fiber, 2000, NULL, 0, NULL, NULL, NULL) == NJ_OUT_OF_FUEL);
  CHECK(nj_fiber_run_for(fiber, 0, NULL, 0, NULL, NULL, NULL) == NJ_OUT_OF_FUEL);
  nj_fiber_free(fiber);
  CHECK(eval_integer(machine, "return closed") == 1);

  // An error ends one, with all that is known of it.
  fiber = fiber_of(machine, "return function()\nerror('stop') end", NULL);
  CHECK(nj_fiber_run(fiber, -1, NULL, 0, NULL, NULL, &error) == NJ_FAILED);
  TEXT_IS(nj_error_message(error), "test:2: stop");
  CHECK(nj_error_line(error) == 2);
  nj_error_free(error);
  // A machine may go before its fibers.
  nj_fiber *left = fiber_of(machine, "return function() end", NULL);
  nj_machine_free(machine);
  CHECK(nj_fiber_run(left, -1, NULL, 0, NULL, NULL, &error) == NJ_FAILED);
  CHECK(nj_error_status(error) == NJ_ERROR_ENDED);
  nj_error_free(error);
  nj_fiber_free(left);
  nj_fiber_free(fiber);
  nj_fiber_free(NULL);
}

static void waiting_functions(void) {
  nj_machine *machine = nj_machine_new(NULL);
  define(machine, "fetch", fetch, NULL, NULL);
  nj_value result, answer;
  nj_error *error = NULL;
  size_t count = 1;
  // Two scripts wait at a time, one of them inside a sort.
  nj_fiber *first = fiber_of(machine, "return function() return fetch('a') .. fetch('b') end", NULL);
  nj_fiber *second = fiber_of(
      machine,
      "return function() local t = {2, 1} table.sort(t, function(a, b) return fetch('x') and a < b end)"
      " return t[1] end",
      NULL);
  waiting_count = 0;
  CHECK(nj_fiber_run(first, -1, NULL, 0, NULL, NULL, NULL) == NJ_AWAITING && waiting_count == 1);
  CHECK(nj_fiber_run(second, -1, NULL, 0, NULL, NULL, NULL) == NJ_AWAITING && waiting_count == 2);
  // Nobody has answered.
  CHECK(nj_fiber_run(first, -1, NULL, 0, NULL, NULL, NULL) == NJ_AWAITING && waiting_count == 2);
  nj_pending *inner = waiting[1];
  waiting_count = 1;
  answer = nj_string("one ");
  nj_complete(waiting[0], &answer, 1);
  CHECK(nj_fiber_run(first, -1, NULL, 0, NULL, NULL, NULL) == NJ_AWAITING && waiting_count == 2);
  answer = nj_string("two");
  nj_complete(waiting[1], &answer, 1);
  CHECK(nj_fiber_run(first, -1, NULL, 0, &result, &count, NULL) == NJ_FINISHED && count == 1);
  TEXT_IS(result.as.string.bytes, "one two");
  nj_release(&result);
  nj_fiber_free(first);
  answer = nj_boolean(true);
  waiting_count = 0;
  nj_outcome outcome;
  count = 1;
  do {
    nj_complete(inner, &answer, 1);
    waiting_count = 0;
    outcome = nj_fiber_run(second, -1, NULL, 0, &result, &count, NULL);
    inner = waiting[0];
  } while (outcome == NJ_AWAITING);
  CHECK(outcome == NJ_FINISHED && result.as.integer == 1);
  nj_fiber_free(second);

  // An answer may be an error, which the script can catch.
  first = fiber_of(machine, "return function() return select(2, pcall(fetch, 'a')) end", NULL);
  waiting_count = 0;
  CHECK(nj_fiber_run(first, -1, NULL, 0, NULL, NULL, NULL) == NJ_AWAITING);
  nj_complete_error(waiting[0], "no such thing");
  count = 1;
  CHECK(nj_fiber_run(first, -1, NULL, 0, &result, &count, NULL) == NJ_FINISHED);
  TEXT_IS(result.as.string.bytes, "no such thing");
  nj_release(&result);
  nj_fiber_free(first);

  // What is there at once, and mistakes, work in plain calls; waiting does not.
  CHECK(eval_integer(machine, "return fetch('cached')") == 1);
  waiting_count = 0;
  CHECK(nj_eval(machine, "fetch('a')", "test", NULL, NULL, &error) == NJ_ERROR_SUSPEND);
  CHECK(nj_error_status(error) == NJ_ERROR_SUSPEND && waiting_count == 1);
  nj_error_free(error);
  nj_complete(waiting[0], NULL, 0);
  CHECK(nj_eval(machine, "fetch()", "test", NULL, NULL, &error) == NJ_ERROR_RUNTIME);
  CHECK(strstr(nj_error_message(error), "bad argument #1 to 'fetch'") != NULL);
  nj_error_free(error);

  // A fiber that is given up while it waits; its answer comes late.
  first = fiber_of(machine, "return function() fetch('a') end", NULL);
  waiting_count = 0;
  CHECK(nj_fiber_run(first, -1, NULL, 0, NULL, NULL, NULL) == NJ_AWAITING);
  nj_fiber_free(first);
  nj_complete(waiting[0], NULL, 0);
  CHECK(nj_park(NULL, NULL) == NJ_ERROR_ARGUMENT);
  nj_complete(NULL, NULL, 0);
  nj_complete_error(NULL, NULL);
  nj_machine_free(machine);
}

// MARK: Capabilities

static char written[256];
static char zeros[2000];

static void take_output(int stream, const char *bytes, size_t length, void *userdata) {
  CHECK(userdata == written);
  size_t used = strlen(written);
  const char *format = stream == 1 ? "%.*s" : "[%.*s]";
  snprintf(written + used, sizeof written - used, format, (int)length, bytes);
}

static nj_machine *machine_with(nj_capabilities *given) {
  nj_config config;
  nj_config_init(&config);
  config.capabilities = given;
  nj_machine *machine = nj_machine_new(&config);
  nj_capabilities_free(given);
  return machine;
}

static void capabilities(void) {
  nj_error *error = NULL;
  nj_machine *machine = machine_with(nj_capabilities_new());
  CHECK(eval(machine, "return io or net or os.getenv or print").kind == NJ_NIL);
  nj_machine_free(machine);

  // Files in memory are on both sides.
  nj_capabilities *given = nj_capabilities_new();
  nj_files *files = nj_files_memory(1000, -1);
  CHECK(nj_files_put(files, "in/a.lua", "return 7", 8, NULL) == NJ_OK);
  nj_allow_files(given, files);
  nj_allow_streams(given, "line\n", 5, take_output, written);
  nj_allow_fixed_clock(given, 86400);
  nj_allow_variable(given, "COLOUR", "green");
  nj_allow_variable(given, "PATH", NULL);
  nj_allow_network(given, "127.0.0.1:1");
  machine = machine_with(given);
  CHECK(eval_integer(machine, "local f <close> = io.open('out', 'w') f:write('x') return dofile('in/a.lua')") == 7);
  nj_value contents;
  CHECK(nj_files_get(files, "out", &contents, NULL) == NJ_OK);
  TEXT_IS(contents.as.string.bytes, "x");
  nj_release(&contents);
  CHECK(nj_files_get(files, "none", &contents, NULL) == NJ_OK && contents.kind == NJ_NIL);
  CHECK(nj_files_put(files, "big", zeros, sizeof zeros, &error) == NJ_ERROR_SYSTEM);
  TEXT_IS(nj_error_message(error), "No space left on device");
  nj_error_free(error);
  nj_value text = eval(machine, "print(io.read()) io.stderr:write('bad') return os.date('!%d') .. os.getenv('COLOUR')");
  TEXT_IS(text.as.string.bytes, "02green");
  nj_release(&text);
  TEXT_IS(written, "line\n[bad]");
  CHECK(eval(machine, "return #os.getenv('PATH') > 0 and os.getenv('HOME') == nil").as.boolean);
  CHECK(eval(machine, "return net.connect('127.0.0.1', 1)").kind == NJ_NIL);
  CHECK(nj_eval(machine, "net.connect('127.0.0.1', 2)", "test", NULL, NULL, &error) != NJ_OK);
  CHECK(strstr(nj_error_message(error), "capability 'network'") != NULL);
  nj_error_free(error);
  CHECK(eval(machine, "return os.execute or io.popen").kind == NJ_NIL);
  nj_machine_free(machine);

  // A folder, read-only; over it, memory; under a quota.
  nj_files *folder = NULL;
  CHECK(nj_files_folder("/no/such/folder", false, &folder, &error) == NJ_ERROR_SYSTEM && folder == NULL);
  TEXT_IS(nj_error_message(error), "No such file or directory");
  nj_error_free(error);
  CHECK(nj_files_folder("/", false, &folder, NULL) == NJ_OK);
  given = nj_capabilities_new();
  nj_allow_files(given, folder);
  machine = machine_with(given);
  CHECK(eval(machine, "return io.open('etc') ~= nil and not pcall(io.open, 'new', 'w')").as.boolean);
  nj_machine_free(machine);
  nj_files *both = nj_files_overlay(files, folder);
  nj_files *limited = nj_files_limited(both, 3, -1);
  given = nj_capabilities_new();
  nj_allow_files(given, limited);
  machine = machine_with(given);
  CHECK(eval(machine,
             "local f = io.open('new', 'w') f:setvbuf('no') return f:write('abc') and not f:write('d')")
            .as.boolean);
  nj_machine_free(machine);
  CHECK(nj_files_overlay(folder, files) == NULL);
  CHECK(nj_files_put(folder, "x", "y", 1, NULL) == NJ_ERROR_ARGUMENT);
  nj_files_free(limited);
  nj_files_free(both);
  nj_files_free(folder);
  nj_files_free(files);

  given = nj_capabilities_new();
  nj_allow_programs(given);
  nj_allow_clock(given);
  nj_allow_standard_streams(given);
  nj_allow_network(given, NULL);
  machine = machine_with(given);
  CHECK(eval(machine, "return os.execute('exit 3') == nil and os.time() > 0 and print ~= nil").as.boolean);
  nj_machine_free(machine);

  // Dialects, and bounds on what is written and open.
  nj_config config;
  nj_config_init(&config);
  config.dialect = NJ_LUA_5_1;
  config.output = 3;
  config.open_handles = 0;
  given = nj_capabilities_new();
  files = nj_files_memory(-1, -1);
  nj_allow_files(given, files);
  written[0] = 0;
  nj_allow_streams(given, NULL, 0, take_output, written);
  config.capabilities = given;
  machine = nj_machine_new(&config);
  nj_capabilities_free(given);
  text = eval(machine, "setfenv(1, _G) io.open('x', 'w') pcall(io.write, 'abcdef') return _VERSION");
  TEXT_IS(text.as.string.bytes, "Lua 5.1");
  nj_release(&text);
  TEXT_IS(written, "abc");
  CHECK(eval(machine, "return (io.open('x', 'w'))").kind == NJ_NIL);
  nj_files_free(files);
  nj_machine_free(machine);

  // Nothing is as good as none.
  nj_allow_files(NULL, NULL);
  nj_allow_streams(NULL, NULL, 0, NULL, NULL);
  nj_allow_variable(NULL, NULL, NULL);
  nj_allow_network(NULL, NULL);
  nj_capabilities_free(NULL);
  nj_files_free(NULL);
  CHECK(nj_files_limited(NULL, 1, 1) == NULL);
  CHECK(nj_files_get(NULL, "x", &contents, NULL) == NJ_ERROR_ARGUMENT);
}

int main(void) {
  values_of_every_kind();
  code_and_results();
  tables();
  host_functions();
  objects();
  coroutines();
  stepping();
  waiting_functions();
  capabilities();
  limits();
  seeds();
  misuse();
  ending_inside();
  threads();
  printf("%d checks, %d failures\n", checks, failures);
  return failures == 0 && checks > 100 ? EXIT_SUCCESS : EXIT_FAILURE;
}
