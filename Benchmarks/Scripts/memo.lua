-- Global functions and upvalue tables: memoised recursion with string and number keys.
local n = tonumber(arg and arg[1]) or 700

function memoize(f)
  local cache = {}
  return function(a, b)
    local key = a .. ":" .. b
    local value = cache[key]
    if value == nil then
      value = f(a, b)
      cache[key] = value
    end
    return value
  end
end

sum = 0
for round = 1, n do
  limit = 30 + round % 5
  paths = memoize(function(x, y)
    if x == 0 or y == 0 then return 1 end
    return (paths(x - 1, y) + paths(x, y - 1)) % 1000003
  end)
  sum = (sum * 7 + paths(limit, limit)) % 1000000007
end
print(string.format("memo %d %d", n, sum))
