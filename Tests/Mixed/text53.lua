-- lua: 5.3
local M = { version = _VERSION }
function M.note(t) t[#t + 1] = "53:" .. utf8.char(233) .. (7 // 2) end
function M.half(n) return n // 2 end
function M.collect(co, n)
  local t = {}
  for i = 1, n do t[i] = tostring(select(2, coroutine.resume(co))) end
  return table.concat(t, ",")
end
function M.call(f, ...) return f(...) end
function M.list(t) return setmetatable(t, { __len = function() return 42 end }) end
function M.vector(x, y) return { x = x, y = y } end
return M
