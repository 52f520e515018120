-- How the offending token is quoted, and "to close … at line" for blocks over lines.
local function c(s) print(select(2, load(s, "=c"))) end
c "if x then\n\n" c "while x do\n\nx()\n" c "for i = 1, 2 do\nprint(i)\n" c "function f()\n\n"
c "do\n\n" c "repeat\n\n" c "x = {\n1,\n2\n" c "x = (\n1 +\n2\n" c "f(\n1,\n2\n" c "x = a[\n1\n"
c "if x then\nelse\n" c "local t = {\n{\n{\n}\n}\n"
c "x = 12abc" c "x = 'a' 'b'" c "x = 1.5.5" c "x 'string'y" c "x = [[long\nstring]] 5" c "x = 0x"
c "x = <" c "x = 1 .. " c "x = 5 5" c "x y z" c "for x of y do end" c "local x: int = 5"
c "x = y ? 1 : 2" c "print 'a' 'b' = 1" c "x = a b"
c "x = 'unfinished\n" c "x = \"unfinished" c "x = 'bad \\xZZ escape'" c "x = '\\u{110000000000}'"
c "x = [==[ ]=] " c "x = '" c "x = \"\\" c "x = --" c "x = --[[ c ]]" c "return --[[ c\n ]] +"
c "x = 1e" c "x = 3..4" c "x = ....." c "a.b:c.d = 1" c "goto = 1" c "::x" c "x = ::"
c("x = " .. ("a"):rep(100) .. " b")
c("x = '" .. ("long string "):rep(20) .. "' y")
c("x = [[" .. ("long string\n"):rep(20) .. "]] y")
c("x = " .. ("9"):rep(100) .. "x")
print(load("x =", "@" .. ("long/"):rep(30) .. "name.lua"))
print(load("x =", "=" .. ("long"):rep(30)))
print(load("x =", ("code "):rep(30)))
print(load("x =", "first line\nsecond"))
print(load("x =", ""))
print(load("x =", "\nfirst empty"))
print(load("x =", "@"))
print(load("x =", "="))
print(load("x =", "=?"))
print(load("x =", "@a\nb"))
print(load("x =", "=a\nb"))
print(load("x =", ("s"):rep(60)))
print(load("x =", ("s"):rep(45)))
print(load("x =", ("s"):rep(44)))
