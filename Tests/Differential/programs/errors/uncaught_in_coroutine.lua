-- An error that leaves a wrapped coroutine uncaught ends the program.
local gen = coroutine.wrap(function()
  for i = 1, 3 do
    coroutine.yield(i)
  end
  error("generator ran out")
end)
for i = 1, 5 do
  print(gen())
end
print("never")
print("never")
