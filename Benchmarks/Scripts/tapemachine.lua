-- An interpreter written in Lua: a tape machine that prints the alphabet with busy loops between.
local n = tonumber(arg and arg[1]) or 85

local program = [==[
  ++++++++ [ > ++++++++ < - ]            the second cell becomes 64
  >> ++++++++++++++++++++++++++          the third counts 26 letters
  [
    < + . >
    > ++++++++++++++++                   keep busy: 16 by 16 turns
    [
      > ++++++++++++++++
      [ > ++ < - ]
      > [ > + < - ] > [ - ]
      <<< -
    ]
    < -
  ]
]==]

local function compile(source)
  local ops, operands, stack = {}, {}, {}
  local code = source:gsub("[^%+%-<>%[%]%.]", "")
  local at = 1
  while at <= #code do
    local c = code:sub(at, at)
    if c == "+" or c == "-" or c == "<" or c == ">" then
      local run = code:match("^%" .. c .. "+", at)
      ops[#ops + 1] = (c == "+" or c == "-") and "add" or "move"
      operands[#ops] = (c == "+" or c == ">") and #run or -#run
      at = at + #run - 1
    elseif c == "[" then
      ops[#ops + 1] = "open"
      operands[#ops] = 0
      stack[#stack + 1] = #ops
    elseif c == "]" then
      local open = table.remove(stack)
      ops[#ops + 1] = "close"
      operands[#ops], operands[open] = open, #ops
    else
      ops[#ops + 1] = "print"
      operands[#ops] = 0
    end
    at = at + 1
  end
  return ops, operands
end

local function run(ops, operands)
  local tape, head, pc, out, steps = {}, 1, 1, {}, 0
  for i = 1, 16 do tape[i] = 0 end
  while true do
    local op = ops[pc]
    if op == nil then break end
    steps = steps + 1
    if op == "add" then
      tape[head] = (tape[head] + operands[pc]) % 256
    elseif op == "move" then
      head = head + operands[pc]
    elseif op == "open" then
      if tape[head] == 0 then pc = operands[pc] end
    elseif op == "close" then
      if tape[head] ~= 0 then pc = operands[pc] end
    else
      out[#out + 1] = string.char(tape[head])
    end
    pc = pc + 1
  end
  return table.concat(out), steps
end

local ops, operands = compile(program)
local total, output = 0, ""
for _ = 1, n do
  local steps
  output, steps = run(ops, operands)
  total = total + steps
end
print(string.format("tapemachine %d %d %s", n, total, output))
