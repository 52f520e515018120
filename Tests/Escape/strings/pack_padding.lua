-- string.pack with alignment and sizes out of range.
-- expect: finished true
for _, f in ipairs({"!16i17", "s17", "c-1", "c" .. ("9"):rep(30), "!3i4", "i0", "xX", "Xz"}) do
  pcall(string.pack, f, 1, 2)
  pcall(string.unpack, f, ("x"):rep(10))
  pcall(string.packsize, f)
end
return true
