-- lua: 5.1
local M = { version = _VERSION }
local env = setmetatable({}, { __index = _G })

function M.note(t) t[table.getn(t) + 1] = string.format("%s:%s", "51", tostring(3)) end
function M.producer() for i = 1, 5 do coroutine.yield(i / 2) end end
function M.items() return { 10, 20, unpack({ 30, 40 }) } end
function M.fail() local x; return x.field end
function M.half(n) return n / 2 end
function M.vector(x, y)
  return setmetatable({ x = x, y = y }, { __add = function(a, b)
    return M.vector(a.x + b.x, a.y + b.y)
  end })
end
setfenv(M.note, setmetatable({}, { __index = _G }))
assert(getfenv(M.note) ~= _G)
return M
