-- No addresses in texts: they would tell where memory lies.
-- expect: finished true
local all = {}
for i = 1, 200 do
  for _, v in ipairs({{}, function() end, coroutine.create(print or error)}) do
    local n = tonumber(tostring(v):match("0x(%x+)") or tostring(v):match(": (%x+)"), 16)
    if n and n > 1 << 24 then return tostring(v) end
  end
end
return true
