-- A stack machine and a compiler to it; closures versus a dispatch table.
local function compile(src)
  local code = {}
  local function emit(...) code[#code + 1] = {...} return #code end
  local toks = {}
  for t in src:gmatch("[%w_]+|?|[^%s%w]") do toks[#toks + 1] = t end
  local labels, fix = {}, {}
  for line in src:gmatch("[^\n]+") do
    local label, rest = line:match("^(%w+):%s*(.*)")
    if label then labels[label] = #code + 1 line = rest end
    local op, arg = line:match("^%s*(%w+)%s*([%w%-.]*)")
    if op then
      local at = emit(op, tonumber(arg) or arg)
      if arg ~= "" and not tonumber(arg) then fix[at] = arg end
    end
  end
  for at, name in pairs(fix) do if labels[name] then code[at][2] = labels[name] end end
  return code
end
local function run(code, fuel)
  local st, vars, pc, out, calls = {}, {}, 1, {}, {}
  local function push(v) st[#st + 1] = v end
  local function pop()
    if #st == 0 then error("stack empty at " .. pc, 0) end
    return table.remove(st)
  end
  local ops = {push = function(a) push(a) end, load = function(a) push(vars[a] or 0) end, store =
    function(a) vars[a] = pop() end, add = function() push(pop() + pop()) end, sub =
    function() local b = pop() push(pop() - b) end, mul = function() push(pop() * pop()) end, jmp =
    function(a) pc = a end, jz = function(a) if pop() == 0 then pc = a end end, call =
    function(a) calls[#calls + 1] = pc pc = a end, ret = function() pc = table.remove(calls) end,
    print = function() out[#out + 1] = tostring(pop()) end, dup =
    function() local v = pop() push(v) push(v) end}
  while code[pc] do
    fuel = fuel - 1
    if fuel < 0 then error("out of fuel", 0) end
    local ins = code[pc]
    pc = pc + 1
    if ins[1] == "halt" then break end
    local f = ops[ins[1]]
    if not f then error("bad instruction " .. ins[1], 0) end
    f(ins[2])
  end
  return table.concat(out, " ")
end
print(run(compile [[
push 10
store n
push 1
store acc
loop: load n
jz done
load acc
load n
mul
store acc
load n
push 1
sub
store n
jmp loop
done: load acc
print
call square
halt
square: push 12
dup
mul
print
ret]], 1000)) print(pcall(run, compile "loop: jmp loop", 100)) print(pcall(run, compile "add", 10)) print(pcall(run, compile "push 1\nnope", 10)) print(run(compile "push 2.5\npush 2\nmul\nprint\npush -3\nprint", 50))
local function closures(n)
  local prog = {}
  local acc = 0
  for i = 1, n do
    local k = i
    prog[i] = i % 2 == 0 and function() acc = acc + k end or function() acc = acc * 3 % 10007 end
  end
  return function() for _, f in ipairs(prog) do f() end return acc end
end
print(closures(500)())
local bf = function(src, input)
  local tape, ptr, ip, out, stack, jump = {}, 1, 1, {}, {}, {}
  for i = 1, #src do
    local c = src:sub(i, i)
    if c == "[" then
      stack[#stack + 1] = i
    elseif c == "]" then
      local j = table.remove(stack)
      jump[i], jump[j] = j, i
    end
  end
  local pos = 1
  while ip <= #src do
    local c = src:byte(ip)
    if c == 62 then
      ptr = ptr + 1
    elseif c == 60 then
      ptr = ptr - 1
    elseif c == 43 then
      tape[ptr] = ((tape[ptr] or 0) + 1) & 255
    elseif c == 45 then
      tape[ptr] = ((tape[ptr] or 0) - 1) & 255
    elseif c == 46 then
      out[#out + 1] = string.char(tape[ptr] or 0)
    elseif c == 44 then
      tape[ptr] = input:byte(pos) or 0 pos = pos + 1
    elseif c == 91 and (tape[ptr] or 0) == 0 then
      ip = jump[ip]
    elseif c == 93 and (tape[ptr] or 0) ~= 0 then
      ip = jump[ip]
    end
    ip = ip + 1
  end
  return table.concat(out)
end
io.write(bf("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++.",
  ""))
print(bf(",[.,]", "echo"))
