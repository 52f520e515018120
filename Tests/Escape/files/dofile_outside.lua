-- Running files outside.
-- grants: folder
-- expect: finished false false
return (pcall(dofile, "../secret")), (pcall(loadfile, "/etc/passwd"))
