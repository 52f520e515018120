-- Assigning nil to fields while traversing is allowed on any table but these.
-- expect: error read-only
for k in next, math do math[k] = nil end
