-- A slash behind a link's name does not make the system follow it.
-- grants: folder
-- expect: finished nil nil nil nil true
local file = io.open("sub/file/")
local inside = io.open("out/", "r")
local through = io.open("out/secret/")
return inside, through, file, (os.remove("link/")), io.open("sub/") ~= nil
