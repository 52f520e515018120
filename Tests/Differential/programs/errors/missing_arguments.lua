-- Every function of the libraries called with nothing: which argument is missed first.
local skip = {["os.exit"] = true, ["debug.debug"] = true, ["io.read"] = true, ["io.lines"] = true,
  ["io.close"] = true, ["math.atan2"] = true}
local libs = {"string", "table", "math", "utf8", "coroutine"}
local funcs = {string =
  "byte char dump find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper",
  table = "concat insert move remove sort unpack", math =
  "abs acos asin ceil cos deg exp floor fmod log max min modf rad sin sqrt tan tointeger type ult",
  utf8 = "codepoint codes len offset", coroutine = "close create resume status wrap"}
for _, lib in ipairs(libs) do
  for name in funcs[lib]:gmatch("%a+") do
    local f = _G[lib][name]
    print(lib, name, select(2, pcall(function() f() end)))
  end
end
for name in ("assert getmetatable ipairs load next pairs pcall rawequal rawget rawlen rawset require select setmetatable tonumber tostring type xpcall"):gmatch("%a+") do
  print(name, select(2, pcall(function() local f = _G[name] f() end)))
end
for name in ("getinfo getlocal getupvalue setlocal setmetatable setupvalue setuservalue upvalueid upvaluejoin"):gmatch("%a+") do
  print(name, select(2, pcall(function() debug[name]() end)))
end
for name in ("difftime getenv remove rename"):gmatch("%a+") do
  print(name, select(2, pcall(function() os[name]() end)))
end
for name in ("open popen"):gmatch("%a+") do
  print(name, select(2, pcall(function() io[name]() end)))
end
