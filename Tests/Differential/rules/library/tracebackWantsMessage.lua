-- `debug.traceback(nil)` is nil.
print((type(debug.traceback(nil))))
print(type(debug.traceback({})), debug.traceback("x", 100))
