-- package.loaded would let a script exchange modules of others.
-- grants: files
-- expect: finished nil nil nil false
local ok = pcall(function() package.path = "/?" end)
return package.loaded, package.preload, package.searchers, ok
