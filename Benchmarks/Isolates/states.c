// Makes states of the C library, each with all its libraries, one at a time and then many that stay: what
// Sources/Embedding/Isolates.swift does with machines. It says how long one took in either way, waits for a
// line, has each of those that stay compute something, and says how many did.

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

static lua_State *make(void) {
  lua_State *state = luaL_newstate();
  if (state == NULL) exit(1);
  luaL_openlibs(state);
  return state;
}

int main(int argc, char **argv) {
  int count = argc > 1 ? atoi(argv[1]) : 0;
  int divisor = count > 0 ? count : 1;
  lua_State **states = calloc(divisor, sizeof *states);
  if (states == NULL) return 1;
  double start = now();
  for (int i = 0; i < count; i++) lua_close(make());
  double middle = now();
  for (int i = 0; i < count; i++) states[i] = make();
  printf("%.0f %.0f\n", (middle - start) / divisor, (now() - middle) / divisor);
  fflush(stdout);
  getchar();
  int right = 0;
  for (int i = 0; i < count; i++) {
    lua_pushinteger(states[i], i);
    lua_setglobal(states[i], "n");
    if (luaL_dostring(states[i], "return math.max(n, -1) + 1")) return 1;
    right += lua_tointeger(states[i], -1) == i + 1;
  }
  printf("%d\n", right);
  return 0;
}
