-- A stack machine written in Lua with a dispatch table of closures: counts primes below n.
local n = tonumber(arg and arg[1]) or 17000

local function machine(code)
  local stack, top, variables, pc = {}, 0, {}, 1
  local running = true

  local function pop()
    local value = stack[top]
    top = top - 1
    return value
  end
  local function push(value)
    top = top + 1
    stack[top] = value
  end

  local execute = {
    push = function(x) push(x) end,
    load = function(name) push(variables[name]) end,
    store = function(name) variables[name] = pop() end,
    add = function() local b = pop(); push(pop() + b) end,
    mul = function() local b = pop(); push(pop() * b) end,
    mod = function() local b = pop(); push(pop() % b) end,
    less = function() local b = pop(); push(pop() < b) end,
    equal = function() local b = pop(); push(pop() == b) end,
    jump = function(target) pc = target end,
    jumpIfNot = function(target) if not pop() then pc = target end end,
    halt = function() running = false end,
  }

  local steps = 0
  while running do
    local instruction = code[pc]
    pc = pc + 1
    steps = steps + 1
    execute[instruction[1]](instruction[2])
  end
  return variables, steps
end

-- A tiny assembler: labels are lines that end in a colon.
local function assemble(source)
  local code, labels = {}, {}
  for line in source:gmatch("[^\n]+") do
    local label = line:match("^(%w+):")
    local op, operand = line:match("^%s+(%a+)%s*(%S*)")
    if label then
      labels[label] = #code + 1
    elseif op then
      code[#code + 1] = { op, tonumber(operand) or operand }
    end
  end
  for _, instruction in ipairs(code) do
    if instruction[1]:find("^jump") then instruction[2] = labels[instruction[2]] end
  end
  return code
end

local code = assemble([[
  push 0
  store count
  push 2
  store i
outer:
  load i
  push ]] .. n .. [[

  less
  jumpIfNot done
  push 2
  store d
inner:
  load i
  load d
  load d
  mul
  less
  jumpIfNot try
  jump prime
try:
  load i
  load d
  mod
  push 0
  equal
  jumpIfNot nextd
  jump nexti
nextd:
  load d
  push 1
  add
  store d
  jump inner
prime:
  load count
  push 1
  add
  store count
nexti:
  load i
  push 1
  add
  store i
  jump outer
done:
  halt
]])

local variables, steps = machine(code)
print(string.format("stackmachine %d %d %d", n, variables.count, steps))
