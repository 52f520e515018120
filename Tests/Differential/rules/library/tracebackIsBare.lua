-- Tracebacks say nothing of functions in C without a name.
print((debug.traceback("t"):gsub("at 0x%x+", "at 0x"):match("[^\n]*$")))
