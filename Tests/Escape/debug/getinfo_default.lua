-- Nor without options.
-- expect: finished nil
return debug.getinfo(1).func
