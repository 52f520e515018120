-- Keeps some of many closures over variables of deep and shallow coroutines.
-- limits: memory=16000000 fuel=2000000000 time=20000
-- expect: finished true
local function deep(n) if n == 0 then coroutine.yield() else deep(n - 1) return 1 end end
local kept = {}
for round = 1, 10 do
  local ok, message = pcall(function()
    local all = {}
    while collectgarbage("count") < 15000 do
      local i = #all + 1
      local co = coroutine.create(deep)
      assert(coroutine.resume(co, (i * 31 + round) % 300))
      local a, b = i, i
      all[i] = { function() a = a + 1 return a, b end, i % 9 == 0 and co }
    end
    for i = 1, #all, 3 do kept[#kept + 1] = all[i] end
  end)
  if not ok and not message:find("not enough memory") then error(message, 0) end
  if round % 4 == 0 then kept = {} end
end
return true
