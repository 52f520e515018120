-- Accounts with closures and classes, transfers that roll back, a statement.
local function account(owner, balance)
  local history = {}
  local self = {}
  local function record(kind, n)
    history[#history + 1] = ("%-8s %7.2f %8.2f"):format(kind, n, balance)
  end
  function self.deposit(n)
    if type(n) ~= "number" or n <= 0 then error("bad amount: " .. tostring(n), 2) end
    balance = balance + n record("deposit", n)
    return balance
  end
  function self.withdraw(n)
    if n > balance then error({code = "NSF", need = n - balance}) end
    balance = balance - n record("withdraw", -n)
    return balance
  end
  function self.balance() return balance end
  function self.owner() return owner end
  function self.statement() return owner .. "\n" .. table.concat(history, "\n") end
  return self
end
local a, b = account("Ann", 100), account("Bob", 50)
print(a.deposit(50.25), b.withdraw(20))
print(pcall(a.deposit, -1))
print(pcall(function() a.deposit("x") end))
local ok, e = pcall(b.withdraw, 1000)
print(ok, e.code, e.need)
local function transfer(from, to, n)
  local before = from.balance()
  from.withdraw(n)
  local ok, err = pcall(to.deposit, n)
  if not ok then from.deposit(n) error(err, 0) end
  return from.balance(), to.balance()
end
print(transfer(a, b, 50))
print(pcall(transfer, b, {deposit = function() error("closed", 0) end}, 10))
print(b.balance())
print((select(2, pcall(transfer, b, a, 1e6))).code)
print(a.statement())
print(b.statement())
local total = 0
for _, acc in ipairs {a, b} do total = total + acc.balance() end
print(("%.2f"):format(total))
