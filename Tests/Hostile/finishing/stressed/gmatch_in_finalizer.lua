-- A match takes so long that it rests, and a finalizer goes on with the same iterator meanwhile.
local s = ("a"):rep(4999) .. "y" .. ("a"):rep(4500) .. "!" .. ("ay!"):rep(100)
local inside = false
for round = 1, 2 do
  local pattern = round == 1 and "(a-)a-y%1!" or "a-[^!]-y[^y]-!"
  local it = string.gmatch(s, pattern)
  local expected = string.match(s, pattern)
  local object = setmetatable({}, { __gc = function()
    if inside then it() it() it() end
  end })
  local match
  object = nil
  local garbage = {}
  inside = true
  match = it()
  inside = false
  assert(match == expected)
end
