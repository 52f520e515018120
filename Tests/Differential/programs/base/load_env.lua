-- Environments: _ENV as local, parameter, upvalue and table field.
local function run(code, env, ...) return assert(load(code, "=chunk", "t", env))(...) end
print(run("return x", {x = 5}))
print(run("x = ...; return x", {}, "given"))
local env = setmetatable({}, {__index = _G})
run("function greet(n) return 'hi ' .. n end", env)
print(env.greet("you"), rawget(_G, "greet"))
do
  local _ENV = {print = print}
  y = 10
  print(y, _ENV.y)
end
print(rawget(_G, "y"))
local function sandbox(_ENV) z = 1 return z + w end
print(sandbox({w = 41}))
print(pcall(sandbox, {}))
print(pcall(sandbox, nil))
local function counter()
  local _ENV = {n = 0}
  return function() n = n + 1 return n end
end
local c1, c2 = counter(), counter()
print(c1(), c1(), c2())
-- _ENV with metamethods
local seen = {}
local proxy = setmetatable({}, {
  __index = function(_, k) seen[#seen + 1] = "get " .. k return k .. "!" end,
  __newindex = function(_, k, v) seen[#seen + 1] = "set " .. k .. "=" .. tostring(v) end,
})
print(run("a = b; c = a; return d", proxy))
print(table.concat(seen, ", "))
-- changing _ENV in the middle
local out = run([[
  local first = v
  _ENV = {v = 'new'}
  return first, v
]], {v = "old"})
print(out)
print(pcall(load("_ENV = nil; return x", "=nilenv")))
print(pcall(load("local _ENV = 5; return x", "=numenv")))
print(pcall(load("local _ENV <const> = {}; return x", "=constenv")))
