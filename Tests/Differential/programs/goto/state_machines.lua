-- State machines and interpreters written with goto.
local function tokenize(s)
  local pos, out = 1, {}
  ::start::
  do
    local c = s:sub(pos, pos)
    if c == "" then
      goto done
    elseif c:match("%s") then
      pos = pos + 1
      goto start
    elseif c:match("%d") then
      goto number
    elseif c:match("%a") then
      goto word
    else
      goto symbol
    end
  end
  ::number::
  do local n = s:match("^%d+%.?%d*", pos) out[#out + 1] = "N" .. n pos = pos + #n goto start end
  ::word::
  do local w = s:match("^[%w_]+", pos) out[#out + 1] = "W" .. w pos = pos + #w goto start end
  ::symbol::
  do out[#out + 1] = "S" .. s:sub(pos, pos) pos = pos + 1 goto start end
  ::done::
  return table.concat(out, " ")
end
print(tokenize("x1 = 3.14 * (foo + 42)"))
local function run(code)
  local pc, stack, out = 1, {}, {}
  ::fetch::
  local op, arg = code[pc][1], code[pc][2]
  pc = pc + 1
  if op == "push" then
    goto push
  elseif op == "add" then
    goto add
  elseif op == "jnz" then
    goto jnz
  elseif op == "dup" then
    goto dup
  elseif op == "print" then
    goto print_
  elseif op == "halt" then
    goto halt
  end
  ::push::
  stack[#stack + 1] = arg
  goto fetch
  ::add::
  stack[#stack - 1] = stack[#stack - 1] + stack[#stack]
  stack[#stack] = nil
  goto fetch
  ::dup::
  stack[#stack + 1] = stack[#stack]
  goto fetch
  ::jnz::
  do local v = table.remove(stack) if v ~= 0 then pc = arg end goto fetch end
  ::print_::
  out[#out + 1] = stack[#stack]
  goto fetch
  ::halt::
  return table.concat(out, " ")
end
print(pcall(run, {{"push", 3}, {"print"}, {"push", -1}, {"add"}, {"dup"}, {"jnz", 2}, {"halt"}}))
local function light(n)
  local out = {}
  local i = 0
  ::red::
  i = i + 1 out[#out + 1] = "red"
  if i >= n then goto stop end
  goto green
  ::green::
  out[#out + 1] = "green"
  goto yellow
  ::yellow::
  out[#out + 1] = "yellow"
  goto red
  ::stop::
  return table.concat(out, ">")
end
print(light(3))
local function dfa(s)
  local i = 1
  ::q0::
  if i > #s then return true end
  if s:byte(i) == 48 then
    i = i + 1
    goto q1
  elseif s:byte(i) == 49 then
    i = i + 1
    goto q0
  else
    return nil
  end
  ::q1::
  if i > #s then return false end
  if s:byte(i) == 48 then
    i = i + 1
    goto q0
  elseif s:byte(i) == 49 then
    i = i + 1
    goto q1
  else
    return nil
  end
end
print(dfa "1001", dfa "0", dfa "", dfa "010", dfa "12")
