-- The programs of this folder and visitors for them, all in one program, and so in a simulated world as well:
--
--   nightjar run --allow-net Examples/async/demo.lua
--   nightjar run --allow-net --sim --seed 7 Examples/async/demo.lua

local chat, crawler, proxy = require "chat", require "crawler", require "proxy"

-- A server at a port that is free, as long as the scope has anything else to do.
local function start(s, serve, ...)
  local listener = assert(net.listen("127.0.0.1", 0))
  local arguments = { ... }
  s:daemon(function()
    defer(function() listener:close() end)
    serve(listener, table.unpack(arguments))
  end)
  return listener.port
end

print "chat"
task.scope(function(s)
  local port = start(s, chat.serve)
  local function join(name)
    local conn = assert(net.connect("127.0.0.1", port))
    assert(conn:read() == "your name?")
    conn:write(name, "\n")
    return conn
  end
  local ann = join("ann")
  local bob = join("bob")
  print("  ann reads", ann:read())
  ann:write("hello\n")
  print("  bob reads", bob:read())
  bob:close()
  print("  ann reads", ann:read())
  ann:close()
end)

print "crawler, through the proxy, past a server that is down"
task.scope(function(s)
  local pages = {
    ["/"] = '<a href="/a">a</a> <a href="/b">b</a>',
    ["/a"] = '<a href="/">home</a>',
    ["/b"] = '<a href="/c">c</a> <a href="http://elsewhere/">x</a> <a href="/lost">?</a>',
    ["/c"] = "the end",
  }
  local site = start(s, http.serve, function(request)
    task.sleep(0.01)
    local page = pages[request.target]
    return page or "nothing here", page and 200 or 404, { ["Content-Type"] = "text/html" }
  end)
  local dead = assert(net.listen("127.0.0.1", 0))
  dead:close()
  local front = start(s, proxy.serve, { "http://127.0.0.1:" .. dead.port, "http://127.0.0.1:" .. site })
  for _, page in ipairs(crawler.crawl("http://127.0.0.1:" .. front .. "/", 10)) do
    print("  " .. page.code, page.url:match("%d(/.*)"), #page.body .. " bytes")
  end
end)
