-- The same, asked for by mode.
-- expect: finished nil binary chunks are not allowed
return load("\27Nightjar", "x", "b")
