-- A module that is a link to a file outside.
-- grants: folder
-- expect: error module 'evil' not found
return require("evil")
