-- A syntax error in the file itself: nothing runs at all.
print("never printed")
local x = 1
local y = 2
if x == y then
  print("never")
end
local t = { 1, 2, 3 }
for i = 1, #t do
  print(t[i])
end
this is not lua
