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
  CHECK(nj_compile(source, strlen(source), "sums", &chunk, &error) == NJ_OK && error == NULL);
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
  CHECK(nj_compile("x =", 3, "broken", &chunk, &error) == NJ_ERROR_SYNTAX && chunk == NULL);
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

int main(void) {
  values_of_every_kind();
  code_and_results();
  tables();
  host_functions();
  objects();
  coroutines();
  limits();
  seeds();
  misuse();
  ending_inside();
  threads();
  printf("%d checks, %d failures\n", checks, failures);
  return failures == 0 && checks > 100 ? EXIT_SUCCESS : EXIT_FAILURE;
}
