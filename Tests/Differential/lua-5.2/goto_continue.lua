-- goto as continue, as break out of several loops and as a state machine.
for i = 1, 10 do
  if i % 3 == 0 then goto continue end
  io.write(i, " ")
  ::continue::
end
print()
for i = 1, 5 do
  for j = 1, 5 do
    if i * j == 12 then print("found", i, j) goto done end
  end
end
::done::
do
  local tokens, i, out = {"a", "+", "b", "*", "c", ";"}, 0, {}
  ::operand::
  i = i + 1
  if tokens[i] == ";" then goto finish end
  out[#out + 1] = "<" .. tokens[i] .. ">"
  ::operator::
  i = i + 1
  if tokens[i] == ";" then goto finish end
  out[#out + 1] = tokens[i]
  goto operand
  ::finish::
  print(table.concat(out, " "))
end
local fs = {}
do
  local k = 1
  ::again::
  local x = k
  fs[k] = function() x = x + 10 return x end
  k = k + 1
  if k <= 3 then goto again end
end
print(fs[1](), fs[1](), fs[2](), fs[3]())
