-- The separator counts too.
-- expect: error not enough memory | error resulting string too large
return (""):rep(1e6, ("x"):rep(1e6))
