-- More captures than there may be.
-- expect: error too many captures
return ("x"):find(("()"):rep(40))
