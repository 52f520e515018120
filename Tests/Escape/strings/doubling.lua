-- Doubling until memory ends.
-- expect: error not enough memory | error string length overflow
local s = "x"
while true do s = s .. s end
