-- Closed and foreign handles.
-- grants: files
-- expect: finished true
local f = io.open("sub/file")
local read, close = f.read, f.close
close(f)
for _, v in ipairs({f, {}, "x", 1, print, setmetatable({}, getmetatable(f) or {})}) do
  for _, m in ipairs({"read", "write", "lines", "seek", "setvbuf", "flush", "close"}) do
    if pcall(io[m] and io.type and f[m] or read, v) then return m end
  end
end
return true
