-- An empty name is that of nothing, not of the folder.
-- grants: folder
-- expect: finished nil nil false
return (io.open("")), (os.remove("")), (pcall(require, ""))
