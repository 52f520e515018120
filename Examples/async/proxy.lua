-- A reverse proxy: hands requests to servers behind it in turn, and tries the next one when a server fails.
--
--   nightjar run --allow-net Examples/async/proxy.lua http://127.0.0.1:9001 http://127.0.0.1:9002
--   curl http://127.0.0.1:8080/
--
-- No server is waited for longer than a second, however it spends that time.

local proxy = {}

function proxy.serve(listener, servers)
  local turn = 0

  local function ask(server, request)
    return http.request {
      url = server .. request.target,
      method = request.method,
      body = request.body ~= "" and request.body or nil,
      headers = { ["X-Forwarded-For"] = request.peer_host },
      timeout = 1,
      redirect = false,
    }
  end

  http.serve(listener, function(request)
    -- Others take their turns while this request waits, so it keeps its own.
    turn = turn % #servers + 1
    local first = turn
    for i = first, first + #servers - 1 do
      local body, code, headers = ask(servers[(i - 1) % #servers + 1], request)
      if body then return body, code, { ["Content-Type"] = headers["content-type"] } end
    end
    return "no server answers", 502
  end)
end

if ... ~= "proxy" then
  if select("#", ...) == 0 then
    io.stderr:write("usage: proxy.lua SERVER…, such as http://127.0.0.1:9001\n")
    os.exit(2)
  end
  local listener = assert(net.listen("127.0.0.1", 8080))
  print("proxy at port " .. listener.port)
  proxy.serve(listener, { ... })
end

return proxy
