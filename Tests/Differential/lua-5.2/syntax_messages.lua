-- Messages of the compiler of 5.2.
local function c(s) print((select(2, load(s, "=c")))) end
c "x =" c "x = = 1" c "local 1" c "if x" c "if x then" c "while true do" c "for i" c "for i = 1" c "for i, j = 1, 2 do end"
c "function" c "function f(" c "function f(a,)" c "return return" c "x y" c "f(" c "x = {" c "x = {1 2}" c "x = (1"
c "x = 'abc" c "x = \"abc\ndef\"" c "x = [[abc" c "--[[ abc" c "x = [=abc" c "x = '\\q'" c "x = '\\300'" c "x = '\\xZ1'"
c "x = 1e" c "x = 0x" c "x = 3x" c "x = 1..2" c "x = 12abc" c "x = @" c "x = 1 // 2" c "x = 1 & 2" c "x = ~1"
c "goto" c "::a" c "break" c "f() = 1" c "(f)" c "(f) = 1" c "x, 1 = 2" c "local function f.g() end" c "a.b:c = 1"
c "x = function() end end" c "end" c "until" c "x = ..." c "function f() return ... end" c "local x <const> = 1"
c "if x then\n\nelse\n\n" c "f(\n1,\n2\n" c "\1" c "x = 'a\0b" c "x = #" c "for k, v in x" c "repeat" c "x = }"
c(("("):rep(300) .. "1" .. (")"):rep(300)) c("x = " .. ("a"):rep(100) .. " b")
print(load("x =", "@file.lua")) print(load("x =", "text of the chunk")) print(load("x =", ("long "):rep(30)))
print(load("x =", "=" .. ("n"):rep(100))) print(load("x =", "line one\nline two"))
