-- Nested tables, paths, merging, counting and serializing in sorted order.
local function ser(v, ind)
  if type(v) ~= "table" then return type(v) == "string" and ("%q"):format(v) or tostring(v) end
  ind = ind or ""
  local ks = {}
  for k in pairs(v) do ks[#ks + 1] = k end
  table.sort(ks, function(a, b)
    if type(a) == type(b) then return a < b end
    return type(a) < type(b)
  end)
  local o = {}
  for _, k in ipairs(ks) do
    o[#o + 1] = ind .. "  " .. (type(k) == "string" and k or "[" .. tostring(k) .. "]") .. " = " ..
      ser(v[k], ind .. "  ")
  end
  return #o == 0 and "{}" or "{\n" .. table.concat(o, ",\n") .. "\n" .. ind .. "}"
end
local conf = {name = "app", ports = {80, 443}, db = {host = "h",
  opts = {ssl = true, pool = {min = 1, max = 5}}}, empty = {}, [10] = "ten"}
print(ser(conf))
local function get(t, path)
  for k in path:gmatch("[^.]+") do
    if type(t) ~= "table" then return nil end
    t = t[tonumber(k) or k]
  end
  return t
end
print(get(conf, "db.opts.pool.max"), get(conf, "ports.2"), get(conf, "db.nothing.here"), get(conf,
  "name.x"))
local function set(t, path, v)
  local keys = {}
  for k in path:gmatch("[^.]+") do keys[#keys + 1] = tonumber(k) or k end
  for i = 1, #keys - 1 do t[keys[i]] = t[keys[i]] or {} t = t[keys[i]] end
  t[keys[#keys]] = v
end
set(conf, "db.opts.pool.min", 2) set(conf, "new.deep.path", "v") set(conf, "ports.3", 8080)
print(get(conf, "db.opts.pool.min"), get(conf, "new.deep.path"), #conf.ports)
local function merge(a, b)
  for k, v in pairs(b) do
    if type(v) == "table" and type(a[k]) == "table" then merge(a[k], v) else a[k] = v end
  end
  return a
end
merge(conf, {db = {host = "new", opts = {pool = {max = 9}}}, ports = {81}})
print(conf.db.host, conf.db.opts.pool.max, conf.db.opts.ssl, conf.ports[1], conf.ports[2])
local function count(t)
  local n = 0
  for _, v in pairs(t) do n = n + (type(v) == "table" and count(v) or 1) end
  return n
end
print(count(conf))
local function depth(t)
  local d = 0
  for _, v in pairs(t) do if type(v) == "table" then d = math.max(d, depth(v)) end end
  return d + 1
end
print(depth(conf), load("return " .. ser({1, {2, "x\n"}, k = {true}}))()[2][2] == "x\n")
