-- needs: lua-unit
-- LuaUnit: assertions, suites with set-up, failures and their texts, output formats.
-- The report names the date of the run and the time it took.
os.date = function() return "today" end
os.clock = function() return 0 end
local lu = require "luaunit"
TestNumbers = {}
function TestNumbers:setUp() self.value = 10 end
function TestNumbers:testAdd() lu.assertEquals(self.value + 5, 15) end
function TestNumbers:testFails() lu.assertEquals(self.value, 11) end
function TestNumbers:testAlmost() lu.assertAlmostEquals(0.1 + 0.2, 0.3, 1e-12) end
function TestNumbers:testError() error("an error in a test") end
TestTables = {}
function TestTables:testEqual() lu.assertEquals({ 1, { 2, x = "y" } }, { 1, { 2, x = "y" } }) end
function TestTables:testDiffers() lu.assertEquals({ 1, 2, { 3, 4 } }, { 1, 2, { 3, 5 } }) end
function TestTables:testItems() lu.assertItemsEquals({ 1, 2, 3 }, { 3, 1, 2 }) end
function TestTables:testSkipped() lu.skip("not today") end
function TestTables:tearDown() self.torn = true end
function TestTables:testContains()
  lu.assertStrContains("hello", "ell") lu.assertStrIContains("HELLO", "ell")
end
local function try(f, ...)
  local ok, e = pcall(f, ...)
  e = type(e) == "table" and e.msg or tostring(e)
  print(ok, ok and "" or (e:gsub("0x%x+", "ADDR")))
end
try(lu.assertEquals, 1, 2) try(lu.assertTrue, 1) try(lu.assertNil, 5)
try(lu.assertError, function() end)
try(lu.assertErrorMsgContains, "abc", error, "xyz")
try(lu.assertErrorMsgEquals, "m", function() error("m", 0) end)
try(lu.assertIsTable, "s") try(lu.assertStrMatches, "abc", "a.d")
try(lu.assertNotEquals, { 1 }, { 1 }) try(lu.assertIs, {}, 1) try(lu.assertEquals, "a\nb", "a\nc")
try(lu.fail, "given up") try(lu.assertNaN, 1) try(lu.assertInf, 1 / 0)
print(lu.prettystr { 1, 2, { a = "x" } }, lu.prettystr "s", lu.prettystr(1.5))
local runner = lu.LuaUnit.new()
runner:setOutputType("TAP")
runner.exit = function() end
local status = runner:runSuite("--pattern", "Test", "--output", "TAP")
print("failures and errors", status)
