-- Absolute paths.
-- grants: folder
-- expect: error is not allowed
return io.open("/etc/passwd")
