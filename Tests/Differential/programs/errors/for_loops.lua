-- Errors of numeric and generic loops, with line numbers.
local function e(f, ...) print((select(2, pcall(f, ...)))) end
e(function() for i = "1", 2 do end end)
e(function() for i = 1, "2" do end end)
e(function() for i = 1, 2, "1" do end end)
e(function() for i = {}, 2 do end end)
e(function() for i = 1, {} do end end)
e(function() for i = 1, 2, {} do end end)
e(function() for i = nil, 2 do end end)
e(function() for i = 1, nil do end end)
e(function() for i = 1, 2, nil do end end)
e(function() for i = 1, 2, 0 do end end)
e(function() for i = 1.0, 2, 0 do end end)
e(function() for i = 1, 2, 0.0 do end end)
e(function() for i = print, 2 do end end)
e(function() for i = 1, true do end end)
e(function() for i = "x", "y", "z" do end end)
e(function() for i = 1, "y", "z" do end end)
e(function() for i = 1.5, {} do end end)
e(function() for i = 1.5, 2, "x" do end end)
e(function() for i = "10", 1 do end end)
e(function() for i = 1, "x" do error("body") end end)
e(function() for i = 1, 0, "x" do end end)
e(function() for i in 5 do end end)
e(function() for i in "str" do end end)
e(function() for i in pairs(nil) do end end)
e(function() for i in ipairs() do end end)
e(function() for i in next, nil do end end)
e(function() for i in next, {}, "badkey" do end end)
e(function() for i in (function() error("in iterator") end) do end end)
e(function() for i in (function() error("in iterator", 0) end) do end end)
e(function() for i in pairs({}), 5 do error("x") end return "fine" end)
e(function() for i in function() return nil end, nil, nil, 5 do end end)
e(function() for i in function() return nil end, nil, nil, {} do end end)
e(function()
  for i in function() return nil end, nil, nil, nil do end
  return "nil closing value is fine"
end)
e(function() for i in function() return nil end, nil, nil, false do end return "false too" end)
e(function()
  for i = 1,
    "multi",
    1 do
  end
end)
e(function()
  local t = {}
  for k, v in
    t.iterator
  do
  end
end)
e(function()
  for i = 1, 2 do
    if i == 2 then
      local x = nil + i
    end
  end
end)
