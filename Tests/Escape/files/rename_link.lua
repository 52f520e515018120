-- A link may be given another name, but not followed.
-- grants: folder
-- expect: finished nil
os.rename("link", "other")
return (io.open("other"))
