-- Files made, moved, replaced and removed through os.
local function exists(n) local f = io.open(n) if f then f:close() return true end return false end
local function put(n, s) local f = assert(io.open(n, "w")) f:write(s) f:close() end
local function get(n)
  local f = io.open(n)
  if not f then return nil end
  local s = f:read("a")
  f:close()
  return s
end
local a, b = os.tmpname(), os.tmpname()
print(a ~= b, exists(a))
put(a, "first") put(b, "second")
print(os.rename(a, b), exists(a), get(b))
print(os.remove(b), exists(b))
print((os.remove(b)), select(3, os.remove(b)))
print((os.rename(a, b)), select(3, os.rename(a, b)))
local dir = os.tmpname()
os.remove(dir)
print(os.execute("mkdir " .. dir))
put(dir .. "/x", "in dir")
print(get(dir .. "/x"), (os.remove(dir)), (os.remove(dir .. "/x")), (os.remove(dir)), exists(dir))
put(a, ("line\n"):rep(3))
local n = 0
for _ in io.lines(a) do n = n + 1 end
print(n, os.remove(a), get(a))
print(pcall(os.rename, a))
print(pcall(os.remove, nil))
print((os.rename("", "x")), (os.remove("")))
local code = select(3, os.execute("exit 42"))
print(code, os.execute("test 1 = 1"), (os.execute("test 1 = 2")))
local p = io.popen("echo $NO_SUCH_VAR_HERE; echo end")
print(p:read("l"), p:read("l"), p:close())
print(type(os.clock()), os.clock() <= os.clock() + 1, os.time() >= 1700000000,
  os.getenv "HOME" ~= nil)
