-- The link and back in.
-- grants: folder
-- expect: finished nil
return (io.open("out/inside/sub/file"))
