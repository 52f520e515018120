-- package.path templates, searchpath, searchers and the message of a missing module.
local dir = os.tmpname()
os.remove(dir) os.execute("mkdir -p " .. dir .. "/sub")
local function put(n, s) local f = assert(io.open(dir .. "/" .. n, "w")) f:write(s) f:close() end
local function clean(s) return (tostring(s):gsub(dir:gsub("%p", "%%%0"), "DIR")) end
put("mod.lua", "print('mod got', (...), select('#', ...)) return {n = 'mod'}")
put("sub/inner.lua", "return 'inner ' .. ...")
put("sub/init.lua", "return 'init of sub'") put("bad.lua", "x = = 1")
put("fails.lua", "error('at load')") put("nothing.lua", "") put("glob.lua", "made_global = 1")
package.path = dir .. "/?.lua;" .. dir .. "/?/init.lua"
package.cpath = ""
local m, w = require "mod"
print(m.n, clean(w))
print(require "sub.inner" == "inner sub.inner", clean(select(2, require "sub")))
print(require "nothing", package.loaded.nothing, require "glob", made_global)
print(clean(select(2, pcall(require, "bad"))))
print(clean(select(2, pcall(require, "fails"))))
print(clean(select(2, pcall(require, "missing.module"))))
print(clean(package.searchpath("mod", package.path)))
print(clean(package.searchpath("sub.inner", package.path)))
print(package.searchpath("no.such", "./?.x;./?/y"))
print(clean(package.searchpath("sub-inner", package.path, "-")))
print(package.searchpath("a.b", "?;?", ".", "_"))
print(package.searchpath("x", ""))
print(package.searchpath("a.b", "q/?", ""))
print(pcall(package.searchpath))
print(pcall(package.searchpath, "x"))
print(pcall(package.searchpath, {}, "x"))
table.insert(package.searchers, 2, function(n)
  if n:match("^virtual%.") then
    return function(name, extra) return {name = name, extra = extra} end, "extra data"
  end
  return "\n\tno virtual '" .. n .. "'"
end)
local v, e = require "virtual.thing"
print(v.name, v.extra, e)
print(clean(select(2, pcall(require, "other"))))
package.searchers[2] = function() error("searcher broke", 0) end
print(pcall(require, "zzz"))
package.searchers[2] = function() return 5 end
print(clean(select(2, pcall(require, "zzz"))))
table.remove(package.searchers, 2)
local saved = package.searchers
package.searchers = {}
print(pcall(require, "empty"))
package.searchers = nil
print(pcall(require, "none"))
package.searchers = saved package.path = nil
print((select(2, pcall(require, "nopath")):match("[^\n]*$") or ""))
package.path = 5
print((pcall(require, "numpath")))
package.path = ""
print(clean(select(2, pcall(require, "emptypath"))))
os.execute("rm -r " .. dir)
