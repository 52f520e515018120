-- tostring and tonumber are inverse where fourteen digits suffice.
for _, v in ipairs {0, 1, -1, 123, -456789, math.maxinteger, math.mininteger, 0.5, -0.25, 1.5e10,
  1e100, 123456.789, 1e-5, 2^53, 3.0, -0.0, 1e15, 99999999999999.0} do
  local s = tostring(v)
  local back = tonumber(s)
  print(s, back == v, math.type(back) == math.type(v))
end
for _, v in ipairs {1/3, 0.1 + 0.2, math.pi, 2^0.5} do
  print(tonumber(tostring(v)) == v, tonumber(("%.17g"):format(v)) == v,
    tonumber(("%a"):format(v)) == v)
end
for b = 2, 36 do
  local n, digits, s = 1234567, "0123456789abcdefghijklmnopqrstuvwxyz", ""
  local x = n
  repeat local d = x % b s = digits:sub(d + 1, d + 1) .. s x = x // b until x == 0
  assert(tonumber(s, b) == n and tonumber(s:upper(), b) == n and tonumber("-" .. s, b) == -n, b)
end
print("bases hold")
for _, s in ipairs {"0x7fffffffffffffff", "1e1", "  5  ", "5e+0", "0X1P3", "1E2", "00100", "+5"} do
  local v = tonumber(s)
  print(s, v, tonumber(tostring(v)) == v)
end
print(tostring(tonumber("1e15")), tostring(tonumber("1000000000000000")), tostring(1e14),
  tostring(123456789012345678), #tostring(-1e-300))
