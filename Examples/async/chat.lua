-- A chat server: each line of a member goes to all others. One task a member reads; what is written goes through
-- a bounded channel, and a member who does not read for a second when it is full misses lines.

local chat = {}

function chat.serve(listener)
  local members = {}

  local function tell(from, line)
    for member in pairs(members) do
      if member ~= from then
        task.select({ member.tx:send_op(line), task.after(1) })
      end
    end
  end

  listener:serve(function(conn)
    conn:write("your name?\n")
    local name = conn:read("l")
    if not name or name == "" then return end
    local tx, rx = task.channel(16)
    local member = { tx = tx }
    members[member] = true
    defer(function()
      members[member] = nil
      tell(member, "* " .. name .. " has left\n")
    end)
    tell(member, "* " .. name .. " has come\n")
    task.scope(function(s)
      s:daemon(function()
        for line in rx do
          if not conn:write(line) then return end
        end
      end)
      for line in conn:lines() do tell(member, name .. ": " .. line .. "\n") end
    end)
  end)
end

if ... ~= "chat" then
  local listener = assert(net.listen("127.0.0.1", tonumber((...)) or 7000))
  print("chat at port " .. listener.port)
  chat.serve(listener)
end

return chat
