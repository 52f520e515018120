-- Adds a field to a library.
-- expect: error read-only
-- after: string.backdoor == nil
string.backdoor = 1
