-- Widths that a format does not allow.
-- expect: finished false
return (pcall(string.format, "%99999d", 1))
