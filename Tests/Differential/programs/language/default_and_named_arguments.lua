-- Idioms for optional, named and checked arguments.
local function f(a, b, c)
  a = a == nil and "A" or a b = b or "B"
  if c == nil then c = true end
  return a, b, c
end
print(f())
print(f(1, false, false))
print(f(false, nil, 0))
local function named(t)
  local o = setmetatable(t or {}, {__index = {w = 10, h = 20, title = "none"}})
  return ("%sx%s %s"):format(o.w, o.h, o.title)
end
print(named {}, named {w = 5}, named {title = "t", h = 1}, named())
local function check(spec, ...)
  local args = table.pack(...)
  for i, s in ipairs(spec) do
    local name, kind, opt = s:match("^(%w+):(%w+)(%??)$")
    local v = args[i]
    if not (v == nil and opt == "?") and (kind == "int" and math.type(v) ~= "integer" or
      kind ~= "int" and type(v) ~= kind) then
      error(("argument %d '%s' must be %s, got %s"):format(i, name, kind,
        v == nil and "nothing" or type(v)), 3)
    end
  end
  return ...
end
local function area(...)
  local w, h, unit = check({"width:number", "height:number", "unit:string?"}, ...)
  return w * h .. (unit or "")
end
print(area(2, 3), area(2, 3, "cm"))
print(pcall(function() return area(2) end))
print(pcall(function() return area(2, "x") end))
print(pcall(function() return area(2, 3, 4) end))
local function opts(...)
  local n = select("#", ...)
  local last = select(n > 0 and n or 1, ..., nil)
  if type(last) == "table" then return n - 1, last.verbose end
  return n, nil
end
print(opts(1, 2, {verbose = true}))
print(opts(1, 2))
print(opts())
local function overload(...)
  local sig = {}
  for i = 1, select("#", ...) do sig[i] = type((select(i, ...))) end
  return (({["number,number"] = function(a, b) return a + b end, ["string"] = function(s) return s:upper() end, [""] = function() return "none" end})[table.concat(sig, ",")] or
    function() return "no overload for (" .. table.concat(sig, ",") .. ")" end)(...)
end
print(overload(1, 2), overload "x", overload(), overload({}, nil))
