-- An error object whose text never ends: the host does not ask for it.
-- limits: fuel=3000000 time=5000
-- expect: error
error(setmetatable({}, {__tostring = function() while true do end end}))
