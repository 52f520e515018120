-- Which bytes each character class holds.
local function ranges(class)
  local out, start = {}, nil
  for i = 0, 256 do
    local hit = i < 256 and string.char(i):match(class) ~= nil
    if hit and not start then start = i end
    if not hit and start then
      out[#out + 1] = start == i - 1 and tostring(start) or start .. "-" .. (i - 1)
      start = nil
    end
  end
  return table.concat(out, " ")
end
for c in ("acdglpsuwxACDGLPSUWX"):gmatch(".") do print("%" .. c, ranges("%" .. c)) end
for _, set in ipairs { "[abc]", "[^abc]", "[a-f]", "[^a-f]", "[a-]", "[-a]", "[]]", "[^]]", "[]a]", "[%]]", "[%a_]", "[^%s%d]",
    "[a-fA-F0-9]", "[%w.]", "[.]", "[%.]", "[$^]", "[a^]", "[%-]", "[+--]", "[%a-z]", "[a%-z]",
      "[z-a]", "[\0-\31]", "[\128-\255]",
    "[%%]", "[[]", "[a-%%]", ".", "%.", "%%", "%]", "%-" } do
  print(set, ranges(set))
end
