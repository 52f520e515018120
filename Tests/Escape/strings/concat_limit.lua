-- The same by concatenation, which builds lazily.
-- limits: string=1000
-- expect: finished false
return (pcall(function() local s = "" for i = 1, 1001 do s = s .. "x" end return #s end))
