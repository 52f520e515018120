-- A named pipe would wait for ever.
-- grants: folder
-- limits: time=5000
-- expect: finished nil
return (io.open("pipe"))
