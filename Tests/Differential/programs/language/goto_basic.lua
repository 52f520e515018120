-- goto: forward, backward, continue, nested loops, labels by scope.
for i = 1, 5 do if i % 2 == 0 then goto continue end io.write(i, " ") ::continue:: end print()
for i = 1, 3 do
  for j = 1, 3 do if j == 2 then goto next_i end if i == 3 then goto out end io.write(i, j, " ") end
  ::next_i::
end
::out::
print()
do local i = 1 ::top:: if i <= 3 then io.write(i, " ") i = i + 1 goto top end end print()
do goto skip; local unused ::skip:: end
do goto e ::e:: ::e2:: end
-- the same label name in sibling and nested functions
do ::l:: end do ::l:: end
local function f() goto l ::l:: return "f" end
print(f())
-- a label at the end of a block may be jumped to over locals
do goto last local x = 1 ::last:: end
do goto last; local x = 1; ::last:: ; ; end
-- state machine
local function match(s)
  local i = 1
  ::start::
  do
    local c = s:sub(i, i)
    i = i + 1
    if c == "a" then goto start elseif c == "b" then goto bs else goto fail end
  end
  ::bs::
  do
    local c = s:sub(i, i)
    i = i + 1
    if c == "b" then goto bs elseif c == "" then return true else goto fail end
  end
  ::fail:: return false
end
print(match("aabb"), match("ab"), match("aba"), match("b"), match("a"), match(""))
-- goto out of nested blocks and repeat loops
local n = 0
repeat local x = n if x == 5 then goto done end n = n + 1 until false ::done:: print(n)
while true do while true do goto both end end ::both::
-- goto with closures: a fresh local every pass
local fs = {}
do
  local k = 0
  ::again::
  local v = k
  fs[#fs + 1] = function() v = v + 1 return v end
  k = k + 1
  if k < 3 then goto again end
end
print(fs[1](), fs[1](), fs[2](), fs[3]())
if true then goto inner_end print("no") ::inner_end:: end
print("end")
