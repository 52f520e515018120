-- Generated code: accessors, unrolled loops, dispatch tables, expression trees.
local function accessor(name)
  return load("return function(o) return o." .. name .. " end, function(o, v) o." .. name ..
    " = v end")()
end
local get, set = accessor "field"
local o = {}
set(o, 42)
print(get(o), o.field)
local function unroll(n)
  local b = {"local s, t = 0, ..."}
  for i = 1, n do b[#b + 1] = ("s = s + t[%d] * %d"):format(i, i) end
  b[#b + 1] = "return s"
  return assert(load(table.concat(b, "\n"), "=unrolled"))
end
print(unroll(5)({1, 2, 3, 4, 5}), pcall(unroll(2), {1}))
local ops = {}
for _, op in ipairs {"+", "-", "*", "/", "//", "%", "^", "..", "==", "<", "<=", "&", "|", "~", "<<",
  ">>", "and", "or"} do
  ops[op] = load("local a, b = ... return a " .. op .. " b")
end
for _, op in ipairs {"+", "-", "*", "/", "//", "%", "^", "..", "==", "<", "<=", "&", "|", "~", "<<",
  ">>", "and", "or"} do
  io.write(op, "=", tostring(ops[op](7, 3)), " ")
end
print()
local function compile(e)
  if type(e) ~= "table" then return tostring(e) end
  return "(" .. compile(e[2]) .. " " .. e[1] .. " " .. compile(e[3]) .. ")"
end
local tree = {"+", {"*", "x", 2}, {"-", "y", {"/", 10, 4}}}
local src = compile(tree)
print(src, load("local x, y = ... return " .. src)(3, 4))
local env = setmetatable({}, {__index = math})
print(load("return floor(pi * 100), max(3, 7), sqrt(16)", "=m", "t", env)())
for _, bad in ipairs {"return +", "x = ", "for", "return 1 1"} do
  local f, m = load(bad, "=bad")
  print(f, m)
end
local counter = load("local n = 0 return function() n = n + 1 return n end")
local a, b = counter(), counter()
print(a(), a(), b())
print(#load("return {" .. ("1,"):rep(100) .. "}")(),
  load("return " .. ("("):rep(50) .. "7" .. (")"):rep(50))(),
  load("return " .. ("-"):rep(0) .. "1" .. (" + 1"):rep(100))())
