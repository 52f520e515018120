local plain = { greeting = "from Lua" }
function plain.double(n) return n * 2 end
function plain.fail(text) error(text) end
return plain
