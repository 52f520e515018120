-- Asks for the names of so many tables that the table of their numbers is what fills the memory.
-- limits: memory=16000000 fuel=400000000 time=20000
-- expect: finished true true
local made = 0
local ok, message = pcall(function()
  local all = {}
  while true do
    all[#all + 1] = {}
    tostring(all[#all])
    made = #all
  end
end)
return not ok and message == "not enough memory", made > 50000
