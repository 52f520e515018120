-- `os.exit` takes true and false.
local ok = pcall(os.exit, {})
print(ok)
os.exit(_VERSION ~= "Lua 5.1" and true or 0)
