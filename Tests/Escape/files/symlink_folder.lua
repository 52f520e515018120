-- A symbolic link to a folder outside.
-- grants: folder
-- expect: finished nil nil
return io.open("out/secret"), (io.open("out/secret", "a"))
