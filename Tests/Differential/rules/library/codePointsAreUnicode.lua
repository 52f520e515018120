-- `utf8` goes up to U+10FFFF, and its messages say "range".
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(utf8 and utf8.char or function() return "no utf8" end, 0x110000)
print(utf8 and utf8.len("\244\144\128\128"))
