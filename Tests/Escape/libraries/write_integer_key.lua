-- Adds elements to the array part of a library table.
-- expect: error read-only
-- after: #table == 0
for i = 1, 10 do table[i] = i end
