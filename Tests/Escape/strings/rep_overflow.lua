-- Sizes that overflow.
-- expect: error resulting string too large
return ("xx"):rep(math.maxinteger)
