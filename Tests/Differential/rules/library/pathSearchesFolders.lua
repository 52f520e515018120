-- `package.path` has `./?/init.lua`.
print((package.path:match("^%.?/")), (package.path:match("%./%?/init%.lua")), (package.cpath:match("^%.?/")))
