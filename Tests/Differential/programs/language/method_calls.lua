-- Method calls: self, chains, strings, missing methods and evaluation once.
local Account = {}
Account.__index = Account
function Account.new(b) return setmetatable({balance = b}, Account) end
function Account:deposit(v) self.balance = self.balance + v return self end
function Account:get() return self.balance end
local a = Account.new(10)
print(a:deposit(5):deposit(10):get(), a.get(a), Account.get({balance = "raw"}))
local n = 0
local function obj() n = n + 1 return a end
print(obj():get(), n)
obj():deposit(1) print(n, a.balance)
local Special = setmetatable({}, {__index = Account}) Special.__index = Special
function Special:get() return "special " .. Account.get(self) end
local s = setmetatable({balance = 1}, Special)
print(s:get(), s:deposit(2):get())
print(pcall(function() a:missing() end))
print(pcall(function() a.balance:x() end))
print(pcall(function() local nothing nothing:x() end))
print(pcall(function() undefinedobject:x() end))
print(pcall(function() a.b.c:x() end))
print(("lit"):upper(), ("%s"):format("x"), #("abc"):rep(2), ("a,b"):find(",", 1, true))
local t = {f = function(self, ...) return self, select("#", ...) end}
print(t:f() == t, select(2, t:f(nil, nil)), select(2, t.f(t, 1)), t:f {} == t, t:f "s" == t)
local keyword = {["end"] = function() return "kw" end, ["not a name"] =
  function(self) return "nn" end}
print(keyword["end"](), keyword["not a name"](keyword))
local proxy = setmetatable({}, {__index = function(_, k)
  return function(self, ...) return k .. "(" .. table.concat({...}, ",") .. ")" end
end})
print(proxy:anything(1, 2), proxy:other())
a.deposit = nil rawset(a, "deposit", function() return "own" end) print(a:deposit())
