-- Fills the heap with one kind of thing after the other and keeps one in six.
-- limits: memory=16000000 fuel=3000000000 time=20000
-- expect: finished true
local makers = {
  function(i) return ("s"):rep(i % 20000) .. i end,
  function(i) local t = {} for j = 1, i % 900 do t[j] = j end return t end,
  function(i) local t = {} for j = 1, i % 300 do t["k" .. j] = i end return t end,
  function(i) local co = coroutine.wrap(function(...) coroutine.yield(...) end) co(i, i) return co end,
  function(i) local a = i return function() a = a + i return a end end,
  function(i) return { i, { i, { i } } } end,
  function(i) return load("local x = " .. i .. " return function() x = x + 1 return x end")() end,
  function(i) local s = "" for j = 1, i % 40 do s = s .. ("piece"):rep(j) end return s end,
}
local kept = {}
for round = 1, 32 do
  local make = makers[round % #makers + 1]
  local ok, message = pcall(function()
    local all = {}
    while collectgarbage("count") < 15000 do all[#all + 1] = make(#all * 7 + round) end
    for i = round % 5 + 1, #all, 6 do kept[#kept + 1] = all[i] end
  end)
  if not ok and not tostring(message):find("not enough memory") then error(message, 0) end
  if round % 9 == 0 then for i = 1, #kept, 2 do kept[i] = false end end
  if round % 10 == 0 then kept = {} end
end
return true
