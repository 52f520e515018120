-- `print` calls the global `tostring`.
local own = tostring
tostring = function(v) return "<" .. own(v) .. ">" end
print(1, "two", nil)
tostring = own
print(1, "two", nil)
