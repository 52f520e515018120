-- What natives gather stands in tables of their own; a callback looks for them and writes into them.
local list
local function spoil()
  for level = 1, 4 do
    for n = 1, 80 do
      local name, value = debug.getlocal(level, n)
      if not name then break end
      if name == "(C temporary)" and type(value) == "table" and value ~= list then
        for key = 1, 5 do rawset(value, key, key % 2 == 0 and {} or 0x4141414141) end
      end
    end
  end
end

local count = 0
local chunk = load(function()
  count = count + 1
  spoil()
  if count < 5 then return "x = " .. count .. " " end
end)
chunk()
assert(x == 4)
assert(string.gsub("abcd", "%w", function(c) spoil() return c .. c end) == "aabbccdd")
list = setmetatable({}, {
  __len = function() spoil() return 4 end,
  __index = function(_, n) spoil() return "v" .. n end,
})
assert(table.concat(list, ",") == "v1,v2,v3,v4")
assert(select("#", table.unpack(list)) == 4)
