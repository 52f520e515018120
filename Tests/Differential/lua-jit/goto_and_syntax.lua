-- What LuaJIT's reader takes beside 5.1: goto, escapes, and names of bytes.
for i = 1, 5 do if i % 2 == 0 then goto continue end io.write(i, " ") ::continue:: end print()
local goto = "a name too" print(goto)
do local i = 1 ::top:: if i <= 3 then io.write(i, ";") i = i + 1 goto top end print() end
print("\x41\u{20ac}\z
       joined", "\065", #"\u{10FFFF}")
print(loadstring("x = '\\q'")) print(loadstring("x = 1 // 2")) print(loadstring("x = 1 & 2")) print(loadstring("goto nowhere")) print(loadstring("::a:: ::a::")) print(loadstring("break"))
print(0xffp1, 0x.8, 1e2, 0x10, pcall(loadstring, "return 1;;")) print(loadstring("local x <const> = 1"))
local grüße = "names may have such bytes" print(grüße)
