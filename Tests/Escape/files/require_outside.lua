-- Modules outside of the folder.
-- grants: folder
-- expect: finished false false false
return (pcall(require, "../secret")), (pcall(require, "..secret")), (pcall(require, "/etc/passwd"))
