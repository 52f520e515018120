-- Minimax over all positions of tic-tac-toe with memoization.
local wins = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {1, 4, 7}, {2, 5, 8}, {3, 6, 9}, {1, 5, 9}, {3, 5,
  7}}
local function winner(b)
  for _, w in ipairs(wins) do
    local c = b:sub(w[1], w[1])
    if c ~= "." and c == b:sub(w[2], w[2]) and c == b:sub(w[3], w[3]) then return c end
  end
end
local memo, visited = {}, 0
local function put(b, i, c) return b:sub(1, i - 1) .. c .. b:sub(i + 1) end
local function best(b, me)
  local key = b .. me
  if memo[key] then return table.unpack(memo[key]) end
  visited = visited + 1
  local other = me == "X" and "O" or "X"
  local w = winner(b)
  local score, move
  if w then
    score = w == me and 1 or -1
  elseif not b:find(".", 1, true) then
    score = 0
  else
    score = -2
    for i = 1, 9 do
      if b:sub(i, i) == "." then
        local s = -best(put(b, i, me), other)
        if s > score then score, move = s, i end
      end
    end
  end
  memo[key] = {score, move}
  return score, move
end
print(best("XX.OO....", "X"))
print(best("XX.OO....", "O"))
print(best("X...O...X", "O"))
print(best("XOXOXOOX.", "O"))
print(best("....X....", "O"))
local function play(b, me)
  local o = {}
  while not winner(b) and b:find(".", 1, true) do
    local _, m = best(b, me)
    b = put(b, m, me) o[#o + 1] = me .. m me = me == "X" and "O" or "X"
  end
  return table.concat(o, " "), winner(b) or "draw", b
end
print(play("X........", "O"))
print(play("XO.......", "X"))
print(visited > 1000, visited < 10000)
for r = 0, 2 do print((("XO.OX...X"):sub(r * 3 + 1, r * 3 + 3):gsub(".", "%0 "))) end
print(winner "XO.OX...X", winner ".........", winner "OOO......")
