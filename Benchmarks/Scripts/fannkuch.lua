-- Permutations in place: the most reversals needed to bring 1 to the front of a deck.
local n = tonumber(arg and arg[1]) or 9

local function fannkuch(size)
  local deck, work, count = {}, {}, {}
  for i = 1, size do deck[i], count[i] = i, i end
  local most, checksum, sign = 0, 0, 1
  while true do
    local first = deck[1]
    if first ~= 1 then
      for i = 2, size do work[i] = deck[i] end
      local reversals = 1
      while true do
        local next = work[first]
        if next == 1 then break end
        work[first] = first
        local low, high = 2, first - 1
        while low < high do
          work[low], work[high] = work[high], work[low]
          low, high = low + 1, high - 1
        end
        first = next
        reversals = reversals + 1
      end
      if reversals > most then most = reversals end
      checksum = checksum + sign * reversals
    end
    -- The next permutation in the order that alternates parity.
    if sign == 1 then
      deck[1], deck[2] = deck[2], deck[1]
      sign = -1
    else
      deck[2], deck[3] = deck[3], deck[2]
      sign = 1
      for i = 3, size do
        if count[i] ~= 1 then
          count[i] = count[i] - 1
          break
        end
        if i == size then return checksum, most end
        count[i] = i
        local head = deck[1]
        for j = 1, i do deck[j] = deck[j + 1] end
        deck[i + 1] = head
      end
    end
  end
end

local checksum, most = fannkuch(n)
assert(fannkuch(n) == checksum)
print(string.format("fannkuch %d %d %d", n, checksum, most))
