-- A reverse proxy: hands requests to servers behind it in turn, tries the next one when a server fails, and waits
-- no longer than a second for any.

local proxy = {}

function proxy.serve(listener, servers)
  local turn = 0
  http.serve(listener, function(request)
    -- Other requests take their turns while this one waits.
    turn = turn % #servers + 1
    local first = turn
    for i = 0, #servers - 1 do
      local server = servers[(first + i - 1) % #servers + 1]
      local body, code, headers = http.request({
        url = server .. request.target,
        method = request.method,
        body = request.body ~= "" and request.body or nil,
        headers = { ["X-Forwarded-For"] = request.peer_host },
        timeout = 1,
        redirect = false,
      })
      if body then return body, code, { ["Content-Type"] = headers["content-type"] } end
    end
    return "no server answers", 502
  end)
end

if ... ~= "proxy" then
  local listener = assert(net.listen("127.0.0.1", 8080))
  proxy.serve(listener, { ... })
end

return proxy
