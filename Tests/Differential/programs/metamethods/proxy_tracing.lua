-- A tracing proxy records every event in order.
local log = {}
local function short(v) return type(v) == "table" and "P" or tostring(v) end
local mt = {}
local function proxy() return setmetatable({}, mt) end
for _, e in ipairs {"add", "sub", "mul", "div", "mod", "pow", "idiv", "band", "bor", "bxor", "shl",
  "shr", "concat", "lt", "le", "eq"} do
  mt["__" .. e] = function(a, b)
    log[#log + 1] = e .. "(" .. short(a) .. "," .. short(b) .. ")"
    return proxy()
  end
end
for _, e in ipairs {"unm", "bnot", "len"} do
  mt["__" .. e] = function(a) log[#log + 1] = e return 1 end
end
 mt.__index = function(_, k) log[#log + 1] = "get " .. short(k) return k end
mt.__newindex = function(_, k, v) log[#log + 1] = "set " .. short(k) .. "=" .. short(v) end
mt.__call = function(_, ...) log[#log + 1] = "call/" .. select("#", ...) return proxy() end
local function flush(n) print(n, table.concat(log, " ")) log = {} end
local p = proxy()
local _ = p + 1 - p * 2
flush "arith" _ = (p .. "a") .. p flush "concat" p.x = p.y flush "fields" p[p] = p[1] flush "keys"
_ = p < 1, 1 <= p, p > p flush "compare" _ = p == proxy(), p ~= p flush "eq" p(1, nil)(2)
flush "calls"
pcall(function() return p:method(5) end)
flush "method"
