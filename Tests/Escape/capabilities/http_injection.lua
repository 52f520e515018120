-- Nothing in a request can begin another one.
-- grants: network
-- expect: finished 0
local n, url = 0, "http://127.0.0.1:1/"
local crlf = "\r\nX: y"
for _, request in ipairs({
  {url = url .. crlf}, {url = url, method = "GET" .. crlf}, {url = url, headers = {["A" .. crlf] = "b"}},
  {url = url, headers = {A = "b" .. crlf}}, {url = url, headers = {A = "b\n"}}, {url = url, headers = {A = "\0"}},
  {url = url, headers = {["Content-Length"] = "0"}}, {url = url, headers = {["transfer-encoding"] = "chunked"}},
  {url = url, headers = {[1] = "x"}}, {url = url, headers = {A = {}}}, {url = url, headers = setmetatable({}, {__pairs = error}), method = ""},
}) do
  if pcall(http.request, request) then n = n + 1 end
end
return n
