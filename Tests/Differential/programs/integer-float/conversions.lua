-- Where floats become integers and where they are refused.
local function try(name, f, ...) print(name, pcall(f, ...)) end
for _, v in ipairs {3.0, 3.5, 2^53, 2^63, -2^63, 1e100, math.huge, "3", "3.0", "3.5", "0x10", "abc", " 7 "} do
  try("band", function(x) return x & -1 end, v)
  try("rep", function(x) return #("x"):rep(x > 5 and 5 or x) end, tonumber(v))
  try("sub", string.sub, "abcdef", tonumber(v) and tonumber(v) < 10 and v or 1)
  try("tointeger", math.tointeger, v) try("format", string.format, "%d", v)
  try("index", function(x) return ({"a", "b", "c"})[x] end, v)
  try("char", function(x) return #string.char(x) end, tonumber(v) and
    math.abs(tonumber(v)) < 256 and v or 65)
  try("select", function(x) return (select(x, 1, 2, 3)) end, tonumber(v) and
    math.abs(tonumber(v)) < 4 and v or 1)
end
