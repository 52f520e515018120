-- A metatable for a library table would see all misses of other scripts.
-- expect: error read-only
setmetatable(string, {__index = function(_, k) return k end})
