-- string.dump gives bytecode away.
-- expect: finished nil
return string.dump
