-- require would hand out the globals of the machine.
-- grants: globals files
-- expect: error module '_G' not found
-- after: stolen == nil
local g = require("_G")
g.stolen = true
