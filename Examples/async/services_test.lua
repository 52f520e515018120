-- Tests of the programs of this folder, each in a simulated world and in as many orders of its tasks as one likes:
--
--   nightjar test --seeds 100 Examples/async/services_test.lua

local chat, crawler, proxy = require "chat", require "crawler", require "proxy"

local tests = {}

-- Serves while `f` runs, which gets the port.
local function serving(serve, f)
  local listener = assert(net.listen("127.0.0.1", 0))
  defer(function() listener:close() end)
  return task.scope(function(s)
    s:daemon(function() serve(listener) end)
    return f(listener.port)
  end)
end

local function join(port, name)
  local conn = assert(net.connect("127.0.0.1", port))
  defer(function() conn:close() end)
  assert(conn:read() == "your name?")
  conn:write(name, "\n")
  return conn
end

function tests.test_chat_all_others_hear()
  serving(chat.serve, function(port)
    local ann = join(port, "ann")
    task.sleep(1)
    local bob = join(port, "bob")
    assert(ann:read() == "* bob has come")
    bob:write("hello\n")
    assert(ann:read() == "bob: hello")
    ann:write("hello yourself\n")
    assert(bob:read() == "ann: hello yourself")
  end)
end

function tests.test_chat_a_name_is_given_once()
  serving(chat.serve, function(port)
    join(port, "ann")
    task.sleep(1)
    assert(join(port, "ann"):read() == nil, "the second one was let in")
  end)
end

function tests.test_chat_who_never_reads_holds_up_nobody()
  serving(chat.serve, function(port)
    local ann = join(port, "ann")
    join(port, "sleeper") -- and does not read a line from now on
    assert(ann:read() == "* sleeper has come")
    local bob = join(port, "bob")
    assert(ann:read() == "* bob has come")
    for i = 1, 200 do
      bob:write(("x"):rep(10000), i, "\n")
      assert(task.within(10, ann.read, ann):match("x(%d+)$") == tostring(i))
    end
  end)
end

function tests.test_chat_who_breaks_off_has_left()
  serving(chat.serve, function(port)
    local ann = join(port, "ann")
    task.sleep(1)
    task.scope(function()
      local bob = join(port, "bob")
      assert(ann:read() == "* bob has come")
      bob:write("no end of a line")
    end)
    assert(ann:read() == "bob: no end of a line")
    assert(ann:read() == "* bob has left")
  end)
end

local pages = { ["/"] = 'href="/a" href="/b"', ["/a"] = 'href="/" href="/b"', ["/b"] = 'href="/lost"' }

local function site(listener)
  http.serve(listener, function(request)
    task.sleep(math.random() / 10)
    local page = pages[request.target]
    return page or "nothing here", page and 200 or 404
  end)
end

function tests.test_crawler_sees_each_page_once()
  serving(site, function(port)
    local seen = {}
    for _, page in ipairs(crawler.crawl("http://127.0.0.1:" .. port .. "/", 100)) do
      seen[#seen + 1] = page.url:match("%d(/.*)") .. " " .. page.code
    end
    assert(table.concat(seen, ", ") == "/ 200, /a 200, /b 200, /lost 404")
  end)
end

function tests.test_crawler_keeps_to_its_width()
  local inside, most = 0, 0
  serving(function(listener)
    http.serve(listener, function(request)
      inside = inside + 1
      most = math.max(most, inside)
      task.sleep(1)
      inside = inside - 1
      local links = {}
      for i = 1, 20 do links[i] = ('href="/%d"'):format(i) end
      return table.concat(links)
    end)
  end, function(port)
    assert(#crawler.crawl("http://127.0.0.1:" .. port .. "/", 15, 3) == 15)
  end)
  assert(most == 3)
end

function tests.test_proxy_goes_past_what_is_down_or_hangs()
  local calls = 0
  local function hangs(listener)
    http.serve(listener, function() calls = calls + 1 task.sleep(1000) end)
  end
  serving(hangs, function(first)
    serving(site, function(second)
      local base = "http://127.0.0.1:"
      local servers = { base .. 1, base .. first, base .. second }
      serving(function(listener) proxy.serve(listener, servers) end, function(port)
        for _ = 1, 6 do
          local body, code = http.get(base .. port .. "/b")
          assert(code == 200 and body == pages["/b"])
        end
        local body, code = http.get(base .. port .. "/none")
        assert(body == "nothing here" and code == 404)
      end)
    end)
  end)
  assert(calls > 0)
end

function tests.test_proxy_says_when_nobody_is_left()
  serving(function(listener) proxy.serve(listener, { "http://127.0.0.1:1" }) end, function(port)
    local body, code = http.get("http://127.0.0.1:" .. port .. "/")
    assert(code == 502 and body == "no server answers")
  end)
end

return tests
