-- The same through a folder that exists.
-- grants: folder
-- expect: error is not allowed
return io.open("sub/../../secret", "w")
