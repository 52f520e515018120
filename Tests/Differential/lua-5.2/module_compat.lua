-- module and package.seeall, which 5.2 keeps for older programs.
local name = os.tmpname()
local f = io.open(name, "w")
f:write([[
module("compat.sample", package.seeall)
counter = 0
function step() counter = counter + 1 return counter, print ~= nil end
]])
f:close()
local chunk = loadfile(name)
chunk("compat.sample")
print(compat.sample.step()) print(compat.sample.step())
print(compat.sample._NAME, compat.sample._PACKAGE, compat.sample._M == compat.sample)
print(package.loaded["compat.sample"] == compat.sample, counter)
print(table.maxn {1, 2, [10] = 1, [3.5] = 1, x = 1}, table.maxn {}, unpack ~= nil, loadstring ~= nil)
print(loadstring("return 1 + 1")(), math.log10(1000), math.pow(2, 3))
print(pcall(module, "compat.sample.step") == false, pcall(function() module() end))
os.remove(name)
