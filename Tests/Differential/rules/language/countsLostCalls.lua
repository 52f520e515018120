-- The rule `countsLostCalls` of DialectRules.swift.
local function level() return debug.getinfo(3, "S").what end
local function tail() local l = level() return l end
local function caller() return tail() end
print((caller()))
