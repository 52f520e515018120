-- A text adventure: every room is a coroutine that tells, waits for a command and answers.
--
-- What one sees: a short game played by a list of commands. To play it yourself:
--
--   nightjar run Examples/adventure.lua play

local carried = {}
local lampLit = false
local ended = false

-- `ask` gives the pending output to the player and comes back with the next command.
local function ask()
  local line = coroutine.yield()
  return line:lower():match("^%s*(%a*)%s*(.-)%s*$")
end

-- Handles what is the same everywhere; true when the command was one of those.
local function common(verb)
  if verb == "inventory" then
    local names = {}
    for name in pairs(carried) do names[#names + 1] = name end
    table.sort(names)
    print(#names == 0 and "You carry nothing." or "You carry: " .. table.concat(names, ", ") .. ".")
  elseif verb == "light" and carried.lamp then
    lampLit = true
    print("The lamp flickers, then burns with a steady flame.")
  elseif verb == "quit" then
    print("You lie down in the heather and dream of moths.")
    ended = true
  else
    return false
  end
  return true
end

local rooms = {}

function rooms.heath()
  print("You stand on a heath at dusk. A path leads north to a hut. Something churrs.")
  local listened = 0
  while true do
    local verb, what = ask()
    if verb == "go" and what == "north" then
      return "hut"
    elseif verb == "listen" then
      listened = listened + 1
      print(listened == 1 and "A long mechanical purr, rising and falling."
        or "The purr seems to come from under the hut.")
    elseif not common(verb) then
      print("You could listen, or go north.")
    end
  end
end

function rooms.hut()
  print("The hut is bare. A trapdoor is set in the floor; the way south leads out.")
  if not carried.lamp then print("A lamp hangs on a nail.") end
  while true do
    local verb, what = ask()
    if verb == "take" and what == "lamp" and not carried.lamp then
      carried.lamp = true
      print("The lamp is yours.")
    elseif verb == "go" and what == "down" then
      if lampLit then return "cellar" end
      print("It is pitch dark down there. You keep to the light.")
    elseif verb == "go" and what == "south" then
      return "heath"
    elseif not common(verb) then
      print("You see a trapdoor (go down) and the door (go south).")
    end
  end
end

function rooms.cellar()
  print("In the lamplight a bird the colour of bark looks at you. On the wall: 'Say my name.'")
  for chance = 3, 1, -1 do
    local verb, what = ask()
    if verb == "say" and what == "nightjar" then
      print("It churrs, rises past you without a sound, and the whole heath answers. You win.")
      return nil
    elseif verb == "say" then
      print(("The bird blinks. %d more tries, it seems."):format(chance - 1))
    elseif not common(verb) then
      print("Perhaps you should say something.")
    end
    if ended then return nil end
  end
  print("The bird closes its eyes and is a piece of bark again.")
  return "hut"
end

-- The game itself is a coroutine too: it outlives each room and waits wherever a room waits.
local game = coroutine.wrap(function()
  local place = "heath"
  while place do
    print()
    place = rooms[place]()
  end
  ended = true
end)

local script = {
  "listen", "listen", "go north", "go down", "take lamp", "light lamp", "inventory",
  "go down", "say owl", "say nightjar",
}

game()
while not ended do
  local line
  if arg[1] == "play" then
    io.write("> ")
    line = io.read("l") or "quit"
  else
    line = table.remove(script, 1) or "quit"
    print("> " .. line)
  end
  game(line)
end
