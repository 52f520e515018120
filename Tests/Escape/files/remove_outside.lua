-- Removing and renaming what is outside.
-- grants: folder
-- expect: finished false false false
return (pcall(os.remove, "../secret")), (pcall(os.rename, "../secret", "x")), (pcall(os.rename, "sub/file", "../x"))
