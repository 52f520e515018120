-- One call that asks for all memory.
-- expect: error not enough memory | error resulting string too large
return ("x"):rep(1 << 30)
