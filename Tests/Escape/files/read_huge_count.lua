-- A read of more bytes than there are.
-- grants: files
-- expect: finished fine
return io.open("sub/file"):read(math.maxinteger)
