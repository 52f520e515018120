-- `coroutine.create` and `wrap` refuse functions in C.
print(pcall(coroutine.create, print) and "any function" or "Lua functions")
