-- needs: lua-check lua-penlight lua-argparse lua-unit
-- luacheck lints trees of Lua files: itself and its neighbours, then sources with known faults.
-- Its command walks folders with lua-filesystem, a library in C; as a library it takes file lists.
local luacheck = require "luacheck"
local format = require "luacheck.format"
local function tree(root, names)
  local files = {}
  for name in names:gmatch "%S+" do files[#files + 1] = root .. "/" .. name .. ".lua" end
  return files
end
local files = tree("/usr/share/lua/5.1/luacheck", [[check check_state core_utils decoder filter format
  init lexer linearize options parser standards utils unicode stages/detect_unused_locals
  stages/linearize stages/resolve_locals stages/detect_globals]])
for _, f in ipairs(tree("/usr/share/lua/5.4/pl", [[List OrderedMap class data lexer pretty seq sip
  stringx tablex template text utils xml]])) do files[#files + 1] = f end
files[#files + 1] = "/usr/share/lua/5.4/argparse.lua"
files[#files + 1] = "/usr/share/lua/5.4/luaunit.lua"
files[#files + 1] = "/no/such/file.lua"
local report = luacheck.check_files(files, { std = "max", max_line_length = 100,
  max_cyclomatic_complexity = 20 })
print(#report, report.warnings, report.errors, report.fatals)
print(luacheck and format.format(report, files,
  { formatter = "plain", color = false, codes = true, ranges = false, quiet = 0 }))
local sources = {
  "local a = 1\nlocal b\nb = 2\nprint(c)\nd = 3\n",
    "return function(x, y, ...) local z = x return z end", "local x = 5 local x = 6 return x",
  "for i = 10, 1 do end\nif true then end\nwhile x do break end\ngoto l\n::l:: ::m::", "x = = 1",
    "local t = {1, 2, a = 1, a = 2} return t.b",
    "local function f() return 1 end\nlocal s = 'unused'   \n\treturn 1",
  "local unused <const>, other <close> = 1, nil",
    "string.foo = 1 print(string.bar, table.unpack, os.execute, undefinedfn())", "return",
    "do return end print('unreachable')", "local a, b = 1 a, b = b, a, 3 return a, b",
}
local r = luacheck.check_strings(sources, { std = "lua54" })
local names = {}
for i = 1, #sources do names[i] = "source" .. i end
print(format.format(r, names,
  { formatter = "default", color = false, codes = true, ranges = true, quiet = 0 }))
print(format.format(r, names, { formatter = "TAP", color = false, quiet = 0 }))
print(format.format(r, names, { formatter = "visual_studio", quiet = 0 }))
