-- A path that leaves the folder and comes back.
-- grants: folder
-- expect: error is not allowed
return io.open("../inside/sub/file")
