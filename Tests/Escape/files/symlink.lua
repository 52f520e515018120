-- A symbolic link to a file outside.
-- grants: folder
-- expect: finished nil nil nil
return io.open("link"), io.open("link", "w"), (io.open("link", "r+"))
