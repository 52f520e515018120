-- Order of evaluation of operands, arguments, table accesses and calls.
local log
local function v(n, x) log[#log + 1] = n if x == nil then return n end return x end
local function show() print(table.concat(log, " ")) end
log = {} local _ = v(1) + v(2) * v(3) - v(4) show()
log = {} local _ = v("a") .. v("b") .. v("c") show()
log = {} local _ = v(1) < v(2), v(3) > v(4), v(5) <= v(6), v(7) >= v(8) show()
log = {} print(v(1), v(2), v(3)) show()
log = {} local t = {v(1), v(2), [v("k")] = v("val"), v(3)} show()
log = {} v("f", function() end)(v("arg1"), v("arg2")) show()
log = {} local t = {} t[v("key")] = v("value") show()
log = {} v("obj", {m = function() end}):m(v("arg")) show()
log = {} local a, b, c = v(1), v(2), v(3) show()
log = {}
local t = setmetatable({}, {__index = function(_, k) log[#log + 1] = "get " .. k return 1 end,
  __newindex = function(_, k) log[#log + 1] = "set " .. k end})
t.z = t.x + t.y show()
log = {} local x = v(1, nil) and v(2) or v(3) show()
log = {} local x = v("c", false) and v("never") show()
log = {} for i = v("from", 1), v("to", 2), v("step", 1) do v("body" .. i) end show()
log = {} local s = ("x"):rep(v("n", 2)) .. v("z") show()
log = {} local function f() return v("r1"), v("r2") end local p, q = f() show()
log = {} if v("c1", false) then elseif v("c2", true) then v("then2") else v("else") end show()
log = {}
local i = 1
local arr = {}
i, arr[i] = v("new", 5), v("val") show()
print(i, arr[1], arr[5])
log = {} local u = -v(1) + #v("str") show()
log = {} repeat local done = v("body", true) until v("cond", done) show()
