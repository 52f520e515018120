-- Writes the payloads of the binary chunks of Lua programs, from which FuzzBinaryChunk starts.
--
--   nightjar run Fuzz/chunks.lua FOLDER PROGRAM…
--
-- Each function of a program's top level becomes a seed as well, as small inputs are worth more.
local headerSize = 64
local folder = table.remove(arg, 1)
local count = 0

local function write(f, strip)
  local payload = string.dump(f, strip):sub(headerSize + 1)
  if #payload > 8192 then return end
  count = count + 1
  local file <close> = assert(io.open(("%s/seed-%05d"):format(folder, count), "wb"))
  file:write(payload)
end

for _, path in ipairs(arg) do
  local file <close> = assert(io.open(path))
  local text = file:read("a")
  local main = load(text, "=fuzz", "t")
  if main then
    write(main, false)
    write(main, true)
  end
  -- Pieces between empty lines, those that are programs by themselves.
  for piece in (text .. "\n\n"):gmatch("(.-)\n%s*\n") do
    local f = #piece > 20 and load(piece, "=fuzz", "t")
    if f then write(f, true) end
  end
end
print(count .. " seeds")
