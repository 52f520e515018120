-- With the whole library granted: the state of a running loop keeps its types.
-- grants: debug
-- expect: finished true
local ok = true
for i = 1, 3 do
  for n = 1, 10 do
    pcall(debug.setlocal, 1, n, "not a number")
    ok = true
  end
end
return ok
