-- string.pack of a gigabyte of padding.
-- expect: finished false
return (pcall(string.pack, "c1000000000", "x"))
