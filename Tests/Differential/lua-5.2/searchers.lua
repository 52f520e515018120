-- package.searchers, searchpath, preload and the messages of require.
print(#package.searchers, package.loaders == package.searchers, type(package.config))
package.preload.virtual = function(...) print(...) return {name = "virtual"} end
local m, extra = require "virtual"
print(m.name, extra, require "virtual" == m, package.loaded.virtual == m)
package.preload.nothing = function() end
print(require "nothing", package.loaded.nothing)
package.preload.falsy = function() return false end
print(require "falsy", package.loaded.falsy)
package.preload.own = function(n) package.loaded[n] = "set itself" end
print(require "own")
package.path, package.cpath = "./?.none;./sub/?/init.none;;", ""
print(select(2, pcall(require, "not.there")))
print(package.searchpath("a.b", "./?.x;?/?.y;z"))
print(package.searchpath("a-b", "./?.x", "-", "+"))
print(package.searchpath("a.b", "./?.x", "", "+"))
table.insert(package.searchers, 1, function(n)
  if n == "made" then return function(a, b) return a .. "/" .. tostring(b) end, "by hand" end
  return "\n\tnot made: " .. n
end)
print(require "made")
print(select(2, pcall(require, "unmade")))
package.preload.broken = function() error("broken inside") end
print(pcall(require, "broken"))
print(pcall(require, "broken"))
package.searchers = nil
print(pcall(require, "without searchers"))
