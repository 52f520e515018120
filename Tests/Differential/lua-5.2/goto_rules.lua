-- What the compiler says of labels and gotos.
local function c(s) print((select(2, load(s, "=g")))) end
c "goto nowhere" c "::a:: ::a::" c "do ::a:: end goto a" c "goto a; local x ::a:: print(x)"
c "break" c "while true do local function f() break end end"
c "goto f; local x; ::f:: ; ::g::" c "repeat if x then goto cont end local y ::cont:: until y"
c "::a:: do ::a:: end" c "for i = 1, 2 do ::a:: end goto a" c "goto 1" c "::1::" c "goto end"
c "do goto l1 end; do ::l1:: end" c "local goto = 1" c "x.goto = 1" c "goto = 1"
c "local function f() goto out end ::out::" c "if x then goto y else ::y:: end"
c "break = 1" c "do break end" c "for i = 1, 2 do end break" c ":: a ::" c "goto a ::a:: ::b:: goto b"
print(load "::a:: ::b:: ::c::" ~= nil, load "break" == nil, load "while 1 do break break end" ~= nil)
print(load("repeat local x; if x then goto cont end; local y; ::cont:: until x") ~= nil)
