-- needs: lua-argparse
-- argparse: options, flags, commands, usage and help texts, errors, mutexes, actions.
local argparse = require "argparse"
local function parser()
  local p = argparse("tool", "A tool that does things.", "See the manual for more.")
  p:argument("input", "Input file.")
  p:argument("rest", "More files."):args "*"
  p:option("-o --output", "Output file."):default "a.out"
  p:option("-I --include", "Include locations."):count "*"
  p:option("-l --level", "Level."):convert(tonumber):choices { "1", "2", "3" }
  p:option("--pair"):args(2)
  p:flag("-v --verbose", "Verbosity."):count "0-3":target "verbosity"
  p:mutex(p:flag "-q --quiet", p:flag "-d --debug")
  return p
end
local function show(t, indent)
  local keys = {}
  for k in pairs(t) do keys[#keys + 1] = tostring(k) end
  table.sort(keys)
  for _, k in ipairs(keys) do
    local v = t[k] == nil and t[tonumber(k)] or t[k]
    if type(v) == "table" then
      print(indent .. k .. ":")
      show(v, indent .. "  ")
    else
      print(indent .. k .. " = " .. tostring(v))
    end
  end
end
local function try(p, ...)
  print("$ " .. table.concat({ ... }, " "))
  local ok, result = p:pparse { ... }
  if ok then show(result, "  ") else print("  error: " .. result) end
end
local p = parser()
try(p, "in.txt")
try(p, "in.txt", "b", "c", "-o", "out", "-vvv")
try(p, "-Isrc", "-I", "lib", "--include=x", "in")
try(p, "in", "--level", "2") try(p, "in", "--pair", "a", "b", "-q")
try(p) try(p, "in", "--level", "9") try(p, "in", "--nope") try(p, "in", "--outptu", "x")
try(p, "in", "-q", "-d") try(p, "in", "--pair", "a") try(p, "in", "-vvvv") try(p, "in", "-o")
try(p, "--", "-dash")
print(p:get_usage()) print(p:get_help())
local c = argparse "git"
c:command_target "command"
c:flag "--version"
local add = c:command("add", "Add files.") add:argument("files"):args "+" add:flag "-f --force"
local commit = c:command("commit co", "Record changes.")
commit:option("-m --message"):args(1)
commit:flag "--amend":action(function(args) args.amended = "yes" end)
try(c, "add", "a", "b", "-f") try(c, "commit", "-m", "msg") try(c, "co", "--amend") try(c, "push")
try(c, "add") try(c) try(c, "comit")
print(c:get_help()) print(commit:get_help()) print(c:get_usage())
