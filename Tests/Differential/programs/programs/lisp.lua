-- A small Lisp: reader, evaluator with lexical scope, macros by quoting.
local function read(s)
  local pos = 1
  local function expr()
    pos = s:match("^%s*()", pos)
    local c = s:sub(pos, pos)
    if c == "(" then
      pos = pos + 1
      local l = {}
      while true do
        pos = s:match("^%s*()", pos)
        if s:sub(pos, pos) == ")" then pos = pos + 1 return l end
        if pos > #s then error("missing )", 0) end
        l[#l + 1] = expr()
      end
    elseif c == "'" then
      pos = pos + 1
      return {"quote", expr()}
    elseif c == ")" then
      error("unexpected )", 0)
    end
    local a = s:match("^[^%s()']+", pos)
    pos = pos + #a
    return tonumber(a) or a
  end
  return expr()
end
local function show(v)
  if type(v) == "table" then
    local o = {}
    for i, x in ipairs(v) do o[i] = show(x) end
    return "(" .. table.concat(o, " ") .. ")"
  elseif type(v) == "function" then
    return "#fn"
  elseif v == false then
    return "nil"
  end
  return tostring(v)
end
local eval
local special = {quote = function(x) return x[2] end, ["if"] =
  function(x, e) local c = eval(x[2], e) if c then return eval(x[3], e) elseif x[4] ~= nil then return eval(x[4], e) end return false end,
  define = function(x, e) local v = eval(x[3], e) rawset(e, x[2], v) return v end, lambda =
  function(x, e) return function(...) local scope = setmetatable({}, {__index = e}) for i, p in ipairs(x[2]) do scope[p] = (select(i, ...)) end local r for i = 3, #x do r = eval(x[i], scope) end return r end end,
  let =
  function(x, e) local scope = setmetatable({}, {__index = e}) for _, b in ipairs(x[2]) do scope[b[1]] = eval(b[2], e) end return eval(x[3], scope) end,
  ["and"] =
  function(x, e) local v = true for i = 2, #x do v = eval(x[i], e) if not v then return false end end return v end}
function eval(x, e)
  if type(x) == "string" then
    local v = e[x]
    if v == nil then error("unbound " .. x, 0) end
    return v
  elseif type(x) ~= "table" then
    return x
  end
  local sp = special[x[1]]
  if type(x[1]) == "string" and sp then return sp(x, e) end
  local f = eval(x[1], e)
  local args = {}
  for i = 2, #x do args[i - 1] = eval(x[i], e) end
  if type(f) ~= "function" then error("not a function: " .. show(f), 0) end
  return f(table.unpack(args))
end
local global = {["+"] = function(a, b) return a + b end, ["-"] = function(a, b) return a - b end,
  ["*"] = function(a, b) return a * b end, ["<"] = function(a, b) return a < b end, ["="] =
  function(a, b) return a == b end, list = function(...) return {...} end, car =
  function(l) return l[1] or false end, cdr = function(l) return {table.unpack(l, 2)} end, cons =
  function(h, t) return {h, table.unpack(t)} end, ["null?"] = function(l) return #l == 0 end, t =
  true}
for line in ([[
(define fact (lambda (n) (if (< n 2) 1 (* n (fact (- n 1))))))
(fact 20)
(define map (lambda (f l) (if (null? l) l (cons (f (car l)) (map f (cdr l))))))
(map (lambda (x) (* x x)) '(1 2 3 4))
(let ((x 5) (y 6)) (list x y (+ x y)))
(define adder (lambda (n) (lambda (x) (+ x n))))
((adder 10) 5)
(and 1 2 3)
(and 1 (= 1 2) (car 5))
'(a (b c) "d")
(undefined 1)
(1 2)
(car '(
)
(define fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))
(fib 15)]]):gmatch("[^\n]+") do local ok, v = pcall(function() return eval(read(line), global) end) print(ok and show(v) or "error: " .. v) end
