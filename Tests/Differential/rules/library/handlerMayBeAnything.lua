-- `xpcall` takes any value as its handler, and calls only functions.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
local function handle(h)
  local ok, a, b = pcall(xpcall, error, h)
  print(ok, a, type(b))
end
handle(nil) handle(5) handle({})
print(pcall(xpcall, function() return "fine" end, 5))
