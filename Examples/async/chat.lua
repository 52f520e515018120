-- A chat server: what a member says goes to all others.
--
--   nightjar run --allow-net Examples/async/chat.lua 7000
--   telnet 127.0.0.1 7000
--
-- A member is two tasks. One reads what the member says, the other writes what others have said; between them
-- stands a bounded channel. So no slow connection holds up the room: who is 16 lines behind misses the next.

local chat = {}

function chat.serve(listener)
  local members = {} -- for each name, where to send what that member is to read

  -- Nothing in here waits, so nobody comes or goes meanwhile.
  local function tell(from, line)
    for name, tx in pairs(members) do
      if name ~= from then tx:try_send(line) end
    end
  end

  local function meet(conn)
    conn:write("your name?\n")
    local name = conn:read()
    if not name or name == "" or members[name] then return end
    local tx, rx = task.channel(16)
    members[name] = tx
    tell(name, "* " .. name .. " has come\n")
    defer(function()
      members[name] = nil
      tell(name, "* " .. name .. " has left\n")
    end)
    task.scope(function(s)
      s:daemon(function()
        for line in rx do conn:write(line) end
      end)
      for line in conn:lines() do tell(name, name .. ": " .. line .. "\n") end
    end)
  end

  -- A task for each connection, which is closed at its end.
  listener:serve(meet)
end

if ... ~= "chat" then
  local listener = assert(net.listen("127.0.0.1", tonumber((...)) or 7000))
  print("chat at port " .. listener.port)
  chat.serve(listener)
end

return chat
