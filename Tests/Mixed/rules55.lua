-- lua: 5.5
local M = { version = _VERSION }
global <const> *
function M.note(t, ...extra) t[#t + 1] = "55:" .. 0.1 + 0.2 .. ":" .. extra.n end
function M.call(f, ...args) return f(...) end
function M.pairs(t)
  local i = 0
  return function()
    i = i + 1
    if t[i] then return i, t[i] end
  end
end
return M
