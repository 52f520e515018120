-- Nor do paths leave it.
-- grants: overlay
-- expect: finished false false
return (pcall(io.lines, "../secret")), (pcall(io.lines, "out/secret"))
