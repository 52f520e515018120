-- Closed and collected files give their handles back.
-- grants: files
-- limits: handles=10 fuel=50000000
-- expect: finished true
for i = 1, 100 do
  for n = 1, 4 do assert(io.open("sub/file")) end
  collectgarbage()
end
return true
