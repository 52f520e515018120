-- The same through a link.
-- grants: folder
-- expect: finished nil nil
return os.remove("out/secret"), (os.rename("out/secret", "x"))
