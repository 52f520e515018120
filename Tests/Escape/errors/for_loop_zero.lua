-- A step of zero.
-- expect: finished false
return (pcall(function() for i = 1, 10, 0 do end end))
