local typed = { version = "1.2" }
function typed.add(a, b) return a + b end
function typed.order(a, b) if a < b then return a, b end return b, a end
function typed.find(letter) return ({ a = 1, b = 2 })[letter] end
function typed.check(n) if n < 0 then error("negative") end return n * 3 end
local Counter = {}
Counter.__index = Counter
function Counter:next_value() self.count = self.count + 1 return self.count end
function typed.counter(start) return setmetatable({ count = start }, Counter) end
return typed
