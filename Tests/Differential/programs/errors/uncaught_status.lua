-- An uncaught error: output before it is kept and the exit status is 1.
print("before")
io.write("no newline at the end")
local function fails() error("uncaught") end
fails()
print("never")
print("never") print("never") print("never")
