-- Data that ends before a string does: nothing behind its end may be read.
local function u(...) print(pcall(string.unpack, ...)) end
u("z", "no end") u("zz", "one\0two") u("z", "") u("z", "x\0", 3)
u("<s8", "\255\255\255\255\255\255\255\255")
u("<s8", "\255\255\255\255\255\255\255\127") u("<s4", "\255\255\255\255x")
