-- A module inside works.
-- grants: folder
-- expect: finished module
return (require("mod"))
