-- The generic for protocol: function, state, control, and closing values.
local function range(n) return function(s, c) if c < s then return c + 1, c * 10 end end, n, 0 end
for i, v in range(3) do io.write(i, "=", v, " ") end print()
for a, b, c, d in function(s, c) if not c then return 1, 2 end end do print(a, b, c, d) end
for k in next, {} do error("never") end
for k, v in next, {10} do print(k, v) end
-- state and control are passed each time
local calls = {}
for c in function(s, c) calls[#calls + 1] = s .. tostring(c) if c == nil then return "x" elseif c == "x" then return "y" end end,
  "S" do
end
print(table.concat(calls, " "))
-- false is not nil: the loop goes on
local n = 0
for v in function() n = n + 1 if n < 4 then return n == 2 and false or n end end do
  io.write(tostring(v), " ")
end
print()
-- a callable table iterates
for i in setmetatable({},
  {__call = function(self, s, c) c = (c or 0) + 1 if c <= 3 then return c end end}) do
  io.write(i, " ")
end
print()
-- coroutine as an iterator
for a, b in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i, i * i) end end) do
  io.write(a, ":", b, " ")
end
print()
-- changing the control variable does not disturb the iteration
for i in range(3) do io.write(i, " ") i = i * 10 io.write(i, " ") end print()
-- closing value
for i in range(2), 2, 0, setmetatable({}, {__close = function(_, e) print("closed", e) end}) do
  print(i)
end
for i in range(5), 5, 0, setmetatable({}, {__close = function() print("closed on break") end}) do
  if i == 2 then break end
end
print(pcall(function()
  for i in range(5), 5, 0, setmetatable({},
    {__close = function(_, e) print("closed with", e) end}) do
    error("E" .. i, 0)
  end
end))
print(pcall(function() for i in nil do end end))
print(pcall(function() for i in 5 do end end))
print(pcall(function() for i in {} do end end))
print(pcall(function() local t = {} for i in t.iter do end end))
print(pcall(function() for i in range(1), 1, 0, {} do end end))
