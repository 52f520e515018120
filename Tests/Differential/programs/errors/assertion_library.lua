-- A tiny test library: passes, failures with positions, nested suites.
local results = {}
local function test(name, f)
  local ok, e = xpcall(f, function(m) return (tostring(m):gsub("^.-:%d+: ", "")) end)
  results[#results + 1] = (ok and "ok   " or "FAIL ") .. name .. (ok and "" or " -- " .. e)
end
local expect = setmetatable({}, {__call = function(self, v)
  return setmetatable({v = v}, {__index = self})
end})
local function show(v)
  return type(v) == "string" and ("%q"):format(v) or type(v) == "table" and "{" .. table.concat(v,
    ",") .. "}" or tostring(v)
end
function expect:is(x)
  if self.v ~= x then error(("expected %s, got %s"):format(show(x), show(self.v)), 2) end
  return self
end
function expect:same(x)
  local function eq(a, b)
    if type(a) ~= "table" or type(b) ~= "table" then return a == b end
    for k, v in pairs(a) do if not eq(v, b[k]) then return false end end
    for k in pairs(b) do if a[k] == nil then return false end end
    return true
  end
  if not eq(self.v, x) then
    error(("expected same as %s, got %s"):format(show(x), show(self.v)), 2)
  end
  return self
end
function expect:fails(pat)
  local ok, e = pcall(self.v)
  if ok then error("expected an error", 2) end
  if pat and not tostring(e):find(pat) then
    error(("error %s does not match %s"):format(show(e), show(pat)), 2)
  end
  return self
end
function expect:close(x, d)
  if math.abs(self.v - x) > (d or 1e-9) then
    error(("%s is not close to %s"):format(self.v, x), 2)
  end
  return self
end
test("equal", function() expect(1 + 1):is(2):is(2.0) end)
test("not equal", function() expect("a"):is("b") end)
test("same", function() expect({1, 2}):same({1, 2}) end)
test("not same", function() expect({1}):same({1, 2}) end)
test("fails", function() expect(function() error("boom") end):fails("boom$") end)
test("fails not", function() expect(function() end):fails() end)
test("fails else", function() expect(function() error("x", 0) end):fails("y") end)
test("close", function() expect(0.1 + 0.2):close(0.3) end)
test("not close", function() expect(1):close(2) end)
test("crash", function() local t = nil; return t.x end)
test("nil", function() expect(nil):is(nil) end)
for _, r in ipairs(results) do print(r) end
local n = 0
for _, r in ipairs(results) do if r:sub(1, 2) == "ok" then n = n + 1 end end
print(n .. "/" .. #results)
