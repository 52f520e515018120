-- next with a key that is not there.
-- expect: finished false
return (pcall(next, {a = 1}, "b"))
