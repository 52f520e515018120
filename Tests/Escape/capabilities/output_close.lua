-- Closing standard output.
-- grants: streams
-- expect: finished true
io.close()
pcall(io.stdout.close, io.stdout)
print("still here")
return true
