-- Infix to postfix and evaluation with a stack.
local prec = {["+"] = {1, "l"}, ["-"] = {1, "l"}, ["*"] = {2, "l"}, ["/"] = {2, "l"}, ["%"] = {2,
  "l"}, ["^"] = {3, "r"}}
local function toRPN(s)
  local out, st = {}, {}
  local pos, expect = 1, true
  while true do
    pos = s:match("^%s*()", pos)
    if pos > #s then break end
    local num = s:match("^%d+%.?%d*", pos)
    if num then
      out[#out + 1] = num pos = pos + #num expect = false
    else
      local c = s:sub(pos, pos)
      pos = pos + 1
      if c == "(" then
        st[#st + 1] = c expect = true
      elseif c == ")" then
        while st[#st] ~= "(" do
          if #st == 0 then error("unbalanced )", 0) end
          out[#out + 1] = table.remove(st)
        end
        table.remove(st) expect = false
      elseif prec[c] then
        if expect then
          if c == "-" then out[#out + 1] = "0" else error("unexpected " .. c, 0) end
        end
        while #st > 0 and st[#st] ~= "(" and (prec[st[#st]][1] > prec[c][1] or
          prec[st[#st]][1] == prec[c][1] and prec[c][2] == "l") do
          out[#out + 1] = table.remove(st)
        end
        st[#st + 1] = c expect = true
      else
        error("bad token " .. c, 0)
      end
    end
  end
  while #st > 0 do
    if st[#st] == "(" then error("unbalanced (", 0) end
    out[#out + 1] = table.remove(st)
  end
  return out
end
local function eval(rpn)
  local st = {}
  for _, t in ipairs(rpn) do
    local n = tonumber(t)
    if n then
      st[#st + 1] = n
    else
      local b, a = table.remove(st), table.remove(st)
      if not a or not b then error("stack underflow", 0) end
      st[#st + 1] = t == "+" and a + b or t == "-" and a - b or t == "*" and a * b or t == "/" and
        a / b or t == "%" and a % b or a ^ b
    end
  end
  return st[1]
end
for _, s in ipairs {"1 + 2 * 3", "(1+2)*3", "2^3^2", "10 - 4 - 3", "7 % 4 * 2", "1.5 * 4", "-3 + 5",
  "2 * (3 + (4 - 1)) / 6", "8 / 2 / 2", "(1", "1)", "1 +", "a", "* 2", ""} do
  local ok, r = pcall(toRPN, s)
  if ok then
    print(s, table.concat(r, " "), select(2, pcall(eval, r)))
  else
    print(s, "error: " .. r)
  end
end
