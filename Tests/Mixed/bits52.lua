-- lua: 5.2
local M = { version = _VERSION }
function M.note(t) t[#t + 1] = "52:" .. bit32.band(0xFF, 6) end
function M.mask(n, width) return bit32.extract(n, 0, width) end
function M.index(value) return value.field end
goto done
M.version = "never"
::done::
return M
