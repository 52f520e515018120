-- os.exit with a code ends at once; output before it is kept, closing functions wait for true.
print("before")
local t <close> = setmetatable({}, {__close = function() print("not closed without true") end})
local ok, e = pcall(os.exit, "bad") print(ok, e)
print(pcall(os.exit, {}))
io.write("no newline")
local function leave()
  pcall(function()
    os.exit(7)
  end)
end
leave()
print("never")
