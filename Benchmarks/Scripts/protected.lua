-- pcall, error and assert: calls that succeed, fail with strings and fail with tables.
local n = tonumber(arg and arg[1]) or 2000000

local function risky(i)
  if i % 8 == 0 then error({ code = i % 5 }) end
  if i % 16 == 3 then error("bad " .. i % 10, 0) end
  return i % 100
end

local function nested(i)
  local ok, value = pcall(risky, i)
  if not ok then error(value, 0) end
  return value
end

local good, codes, messages = 0, 0, 0
for i = 1, n do
  local ok, value = pcall(nested, i)
  if ok then
    good = good + value
  elseif type(value) == "table" then
    codes = codes + value.code
  else
    messages = messages + #value
  end
end

local handled = 0
for i = 1, n / 10 do
  local _, message = xpcall(risky, function(e) return type(e) == "table" and e.code or 7 end, i)
  handled = handled + message
end
print(string.format("protected %d %d %d %d %d", n, good, codes, messages, handled))
