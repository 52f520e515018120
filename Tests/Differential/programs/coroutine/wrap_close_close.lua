-- coroutine.close in each state, with pending to-be-closed variables.
local function c(n, fail)
  return setmetatable({}, {__close = function(_, e)
    print("close " .. n, e)
    if fail then error(fail, 0) end
  end})
end
local co = coroutine.create(function()
  local a <close> = c "a"
  local b <close> = c "b"
  coroutine.yield(1)
end)
print(coroutine.close(co), coroutine.status(co))
co = coroutine.create(function()
  local a <close> = c "a"
  local b <close> = c "b"
  coroutine.yield(1)
end)
coroutine.resume(co)
print(coroutine.close(co))
print(coroutine.status(co), coroutine.close(co))
print(coroutine.resume(co))
co = coroutine.create(function()
  local a <close> = c "a"
  local b <close> = c("b", "fails")
  coroutine.yield(1)
end)
coroutine.resume(co) print(coroutine.close(co)) print(coroutine.close(co))
co = coroutine.create(function() error("dies") end)
coroutine.resume(co) print(coroutine.close(co)) print(coroutine.close(co))
co = coroutine.create(function() return 1 end) coroutine.resume(co) print(coroutine.close(co))
co = coroutine.create(function() error({1}) end)
coroutine.resume(co)
local ok, e = coroutine.close(co)
print(ok, type(e))
print(pcall(coroutine.close))
print(pcall(coroutine.close, 1))
print(pcall(coroutine.close, coroutine.running()))
co = coroutine.create(function()
  print(pcall(coroutine.close, co))
  local inner = coroutine.wrap(function() print(pcall(coroutine.close, co)) end)
  inner()
end)
coroutine.resume(co)
-- nested scopes and loops are unwound from the inside
co = coroutine.wrap(function()
  for i in function(_, n) n = (n or 0) + 1 return n end, nil, nil, c "for" do
    local x <close> = c("x" .. i)
    do local y <close> = c "y" coroutine.yield(i) end
    if i == 2 then error("E", 0) end
  end
end)
print(co()) print(co()) print(pcall(co))
-- a wrap that fails closes its variables before the error comes out
print(pcall(coroutine.wrap(function() local x <close> = c "w" error("W", 0) end)))
-- a close handler that yields is resumed when the block ends normally
co = coroutine.wrap(function()
  do
    local x <close> = setmetatable({}, {__close = function()
      print(coroutine.yield("from close"))
    end})
  end
  return "done"
end)
print(co()) print(co("resumed")) 
