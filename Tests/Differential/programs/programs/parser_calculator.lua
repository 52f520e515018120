-- A Pratt parser for expressions with variables, functions and clear errors.
local function tokens(s)
  local out, pos = {}, 1
  while true do
    pos = s:match("^%s*()", pos)
    if pos > #s then break end
    local n, e = s:match("^(%d+%.?%d*)()", pos)
    if n then
      out[#out + 1] = {k = "num", v = tonumber(n), p = pos}
    else
      n, e = s:match("^([%a_][%w_]*)()", pos)
      if n then
        out[#out + 1] = {k = "name", v = n, p = pos}
      else
        n, e = s:match("^([-+*/%^%%(),=!<>]=?)()", pos)
        if not n then error("bad character '" .. s:sub(pos, pos) .. "' at " .. pos, 0) end
        out[#out + 1] = {k = n, p = pos}
      end
    end
    pos = e
  end
  out[#out + 1] = {k = "end", p = pos}
  return out
end
local bp = {["="] = 1, ["<"] = 5, [">"] = 5, ["<="] = 5, [">="] = 5, ["=="] = 5, ["+"] = 10, ["-"] =
  10, ["*"] = 20, ["/"] = 20, ["%"] = 20, ["^"] = 30}
local function parse(s) local ts, i = tokens(s), 1 local expr local function expect(k) if ts[i].k ~= k then error("expected " .. k .. " at " .. ts[i].p, 0) end i = i + 1 end local function prefix() local t = ts[i] i = i + 1 if t.k == "num" then return t.v elseif t.k == "name" then if ts[i].k == "(" then i = i + 1 local call = {"call", t.v} if ts[i].k ~= ")" then repeat call[#call + 1] = expr(2) local more = ts[i].k == "," if more then i = i + 1 end until not more end expect ")" return call end return {"var", t.v} elseif t.k == "(" then local e = expr(0) expect ")" return e elseif t.k == "-" then return {"neg", expr(25)} end error("unexpected " .. t.k .. " at " .. t.p, 0) end
  function expr(min) local left = prefix() while true do local op = ts[i].k local p = bp[op] if not p or p <= min then return left end i = i + 1 left = {op, left, expr((op == "^" or op == "=") and p - 1 or p)} end end local e = expr(0) expect "end" return e end
local ops = {["+"] = function(a, b) return a + b end, ["-"] = function(a, b) return a - b end,
  ["*"] = function(a, b) return a * b end, ["/"] = function(a, b) return a / b end, ["%"] =
  function(a, b) return a % b end, ["^"] = function(a, b) return a ^ b end, ["<"] =
  function(a, b) return a < b end, [">"] = function(a, b) return a > b end, ["<="] =
  function(a, b) return a <= b end, [">="] = function(a, b) return a >= b end, ["=="] =
  function(a, b) return a == b end}
local function eval(n, env)
  if type(n) ~= "table" then return n end
  local k = n[1]
  if k == "var" then
    local v = env[n[2]]
    if v == nil then error("unknown variable " .. n[2], 0) end
    return v
  elseif k == "neg" then
    return -eval(n[2], env)
  elseif k == "call" then
    local f = env[n[2]]
    if type(f) ~= "function" then error("unknown function " .. n[2], 0) end
    local a = {}
    for j = 3, #n do a[#a + 1] = eval(n[j], env) end
    return f(table.unpack(a))
  elseif k == "=" then
    if type(n[2]) ~= "table" or n[2][1] ~= "var" then error("cannot assign", 0) end
    local v = eval(n[3], env)
    env[n[2][2]] = v
    return v
  end
  return ops[k](eval(n[2], env), eval(n[3], env))
end
local function show(n)
  if type(n) ~= "table" then return tostring(n) end
  local o = {}
  for j, v in ipairs(n) do o[j] = show(v) end
  return "(" .. table.concat(o, " ") .. ")"
end
local env = {pi = math.pi, max = math.max, sqrt = math.sqrt, abs = math.abs}
for _, s in ipairs { "1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "10 - 3 - 2", "x = y = 5",
  "x * y % 7", "max(1, x, 3) + sqrt(16)", "1 < 2", "2 * -3", "abs(-x / 2)", "7 / 2", "max()", "1 +",
  "(1", "foo(1)", "z + 1", "1 = 2", "2 $ 3", "", "1 2", "max(1,)" } do
  local ok, tree = pcall(parse, s)
  if ok then
    print(s, show(tree), select(2, pcall(eval, tree, env)))
  else
    print(s, "error: " .. tree)
  end
end
