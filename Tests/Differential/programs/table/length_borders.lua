-- The length operator on sequences, after changes at the end, and with __len.
local t = {1, 2, 3}
print(#t) t[4] = 4 print(#t) t[#t] = nil print(#t) t[#t + 1] = "x" print(#t)
for i = 1, 100 do t[#t + 1] = i end
print(#t)
for i = #t, 51, -1 do t[i] = nil end
print(#t)
while #t > 0 do t[#t] = nil end
print(#t, next(t))
print(#"", #"abc", #"a\0b", #{n = 1}, #{nil}, #{[1] = 1}, #{[2] = 2} == 0 or #{[2] = 2} == 2)
print(#setmetatable({}, {__len = function() return 10 end}), #setmetatable({1, 2},
  {__len = function(self) return rawlen(self) * 100 end}))
print(#setmetatable({}, {__len = function() return "text" end}), #setmetatable({},
  {__len = function() return nil end}), #setmetatable({}, {__len = function() return 1, 2 end}))
print(pcall(function() return #5 end))
print(pcall(function() return #nil end))
print(pcall(function() local x = true return #x end))
print(pcall(function() return #print end))
print(pcall(function() local t = {} return #t.field end))
local l = {}
for i = 10, 1, -1 do l[i] = i end
print(#l)
local m = {n = 0, 1, 2, [10] = 10, 3}
print(#m, m[3], m[10])
local grow = {}
for i = 1, 64 do grow[i] = true assert(#grow == i) end
for i = 64, 1, -1 do grow[i] = nil assert(#grow == i - 1) end
print("done", #table.pack(1, 2, 3), #{table.unpack({1, 2, 3})}, #{(table.unpack({1, 2, 3}))})
