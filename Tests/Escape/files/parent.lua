-- A path out of the folder.
-- grants: folder
-- expect: error is not allowed (capability 'files')
return io.open("../secret")
