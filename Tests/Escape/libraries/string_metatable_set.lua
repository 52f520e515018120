-- setmetatable on a string.
-- expect: error table expected
setmetatable("", {__index = {}})
