-- Adds labels one by one; each set is a copy of the last.
-- grants: tasks
-- limits: fuel=100000000 memory=67108864
-- expect: outOfFuel | deadline
for i = 1, 100000 do task.label(i, i) end
return true
