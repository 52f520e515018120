-- Callbacks that return what they should not.
-- expect: finished false false
return (pcall(string.gsub, "x", "x", function() return {} end)), (pcall(string.gsub, "x", "x", "%9"))
