-- os.exit(true, true) closes the state: pending variables and finalizers run.
local log = setmetatable({}, {__gc = function() print("finalizer at close") end})
global_keep = setmetatable({}, {__gc = function() print("global finalizer at close") end})
local function inner()
  local a <close> = setmetatable({}, {__close = function(_, e) print("close a", e) end})
  local b <close> = setmetatable({}, {__close = function(_, e) print("close b", e) end})
  print("leaving")
  os.exit(true, true)
end
inner()
print("never")
print("never") print("never")
