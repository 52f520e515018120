-- if, elseif, else: which branch, nesting, empty branches, conditions with calls.
local function kind(x)
  if x == nil then
    return "nil"
  elseif x == true or x == false then
    return "bool"
  elseif type(x) == "number" then
    if x ~= x then
      return "nan"
    elseif x < 0 then
      return "neg"
    elseif x == 0 then
      return "zero"
    elseif math.type(x) == "float" then
      return "float"
    else
      return "int"
    end
  elseif type(x) == "string" then
    if #x == 0 then return "empty" end
    return "text"
  else
    return "other"
  end
end
for _, v in ipairs {true, false, 0, -0.0, -5, 1.5, 7, "", "x", print, {}, 0/0} do
  io.write(kind(v), " ")
end
print(kind(nil))
if nil then elseif false then else print("else") end
if 1 then end
if nil then else end
if "" and 0 then print("both true") end
local n = 0
local function t(v) n = n + 1 return v end
if t(false) then elseif t(nil) then elseif t(1) then elseif t(2) then end
print(n)
local x = 5
if x > 3 then local x = 10 if x > 7 then print("inner", x) end end
print(x)
if not (x == 5) then print("no") elseif x ~= 5 or x > 4 and x < 6 then print("mixed") end
if (function() return x end)() == 5 then print("call") end
if x == 5.0 and "5" + 0 == x and x | 0 == 5 then print("equal kinds") end
for i = 1, 15 do
  io.write(i % 15 == 0 and "FizzBuzz" or i % 5 == 0 and "Buzz" or i % 3 == 0 and "Fizz" or i, " ")
end
print()
local r = {}
for i = 1, 5 do if i == 2 then goto c end if i == 4 then break end r[#r + 1] = i ::c:: end
print(table.concat(r, " "))
