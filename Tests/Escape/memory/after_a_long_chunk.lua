-- Has a long text compiled, which takes memory outside the heap for a moment, and then fills the heap.
-- limits: memory=16000000 fuel=900000000 time=20000
-- expect: finished true true
local text = {}
for i = 1, 5000 do text[i] = "local a" .. i % 150 .. " = " .. i end
text = "do " .. table.concat(text, " end do ") .. " end"
local f = load(text)
text = nil
local ok, message = pcall(function()
  local all = {}
  while true do all[#all + 1] = { #all } end
end)
return f ~= nil, not ok and message == "not enough memory"
