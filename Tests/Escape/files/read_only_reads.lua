-- Reading works there.
-- grants: readonly
-- expect: finished fine
return io.open("sub/file"):read("a")
