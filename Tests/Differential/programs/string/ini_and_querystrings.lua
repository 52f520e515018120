-- Parsers of line formats made with patterns.
local ini =
  "; comment\n[main]\nname = test value  \nn=5\n\n[other section]\nkey with space = a=b=c\nempty=\nbad line\n# more"
local t, sec, errs = {}, nil, {}
local n = 0
for line in (ini .. "\n"):gmatch("(.-)\n") do
  n = n + 1
  local s = line:match("^%s*%[([^%]]+)%]%s*$")
  if s then
    sec = {} t[s] = sec
  elseif line:match("^%s*[;#]") or line:match("^%s*$") then
  else
    local k, v = line:match("^%s*(.-)%s*=%s*(.-)%s*$")
    if k then sec[k] = tonumber(v) or v else errs[#errs + 1] = n end
  end
end
print(t.main.name .. "|", t.main.n + 1, t["other section"]["key with space"],
  t["other section"].empty == "", table.concat(errs, ","))
local function query(s)
  local q, order = {}, {}
  for pair in s:gmatch("[^&]+") do
    local k, v = pair:match("^([^=]*)=?(.*)$")
    k = k:gsub("%%(%x%x)", function(h) return string.char(tonumber(h, 16)) end)
    v = v:gsub("+", " "):gsub("%%(%x%x)", function(h) return string.char(tonumber(h, 16)) end)
    if q[k] == nil then
      order[#order + 1] = k q[k] = v
    elseif type(q[k]) == "table" then
      table.insert(q[k], v)
    else
      q[k] = {q[k], v}
    end
  end
  return q, order
end
local q, o = query "a=1&b=x+y%21&a=2&a=3&flag&%6b=v&=empty"
for _, k in ipairs(o) do
  io.write(k, "=", type(q[k]) == "table" and "[" .. table.concat(q[k], "|") .. "]" or q[k], " ")
end
print()
local function url(u)
  return u:match("^(%a[%w+.-]*)://([^/:?#]*):?(%d*)([^?#]*)%??([^#]*)#?(.*)$")
end
print(url "http://host:8080/path/x?q=1#frag")
print(url "ftp://h")
print(url "nothing")
local log = "12:30:01 [ERROR] disk: full (92%)"
print(log:match("^(%d+):(%d+):(%d+) %[(%u+)%] (%w+): (.-) %((%d+)%%%)$"))
