-- nil as an error.
-- expect: error nil
error(nil)
