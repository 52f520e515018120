-- What the compiler of 5.1 says.
local function c(s) print((select(2, loadstring(s, "=c")))) end
c "x =" c "x = = 1" c "local 1" c "if x" c "while x" c "for i" c "for i =" c "f() = 1" c "(f)" c "(f) = 1" c "x y" c "x" c "x.y" c "f\n(g)"
c "break" c "return return" c "x = 'abc" c "x = [[abc" c "--[[ abc" c "x = '\\300'" c "x = 3x" c "x = 1..2" c "goto x" c "::a::" c "x = @"
c "x = 1 // 2" c "x = 1 & 2" c "x = ~1" c "x = {1 2}" c "function f(" c "function f(a,)" c "x = ..." c "function f() return ... end" c "end" c "do" c "repeat"
c "x = [[a [[b]] c]]" c "x = [=[ok]=] y" c "local x <const> = 1" c "if x then\n\nelse\n" c ";" c "x = 1;;" c "\1" c "caf\233 = 1" c "x = #" c "f(\n1,\n2"
c "for a, b = 1, 2 do end" c "local function f.g() end" c "a.b:c = 1" c "x, f() = 1, 2" c "local a = b c" c "return 1 2"
c(("("):rep(250) .. "1" .. (")"):rep(250)) c("x = " .. ("a"):rep(100) .. " b") c("local " .. ("a,"):rep(200) .. "b")
print(loadstring("x =", "@file.lua")) print(loadstring("x =", "source text")) print(loadstring("x =", ("long "):rep(30))) print(load(function() return nil end) ~= nil, pcall(load, "return 1"))
