-- A table as an error that nobody can show.
-- expect: error (a table)
error(setmetatable({}, {__tostring = function() error("no") end}))
