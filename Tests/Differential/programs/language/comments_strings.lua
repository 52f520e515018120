-- Comments and strings of all shapes in one chunk.
--[[ a block
comment ]] print("one") --[==[ with ]] inside ]==] print("two") -- to the end
--[ not a block comment
---[[ nor this
print("three")
--]]
print([[
first newline skipped]], [[a
b]], [==[ ]] ]=] ]==], [=[]]]=], #[[

]]) print("a\
b", 'single "double"', "double 'single'", "\65\066\x43\u{44}", "tab\tq\"\\", "a\z
      b", '\'', "\a\b\f\v" == "\7\8\12\11", "\0651", "\x41g") print(#"\0\0\0", "nul\0inside" == "nul" .. "\0" .. "inside", #'\n\r', "--[[ not a comment ]]", '[[not long]]', [["quotes" 'inside' \n]]) local s <const> = "const" print(s .. [[ x ]] .. 'y' .. "z") print(("%s"):rep(3, "--"), #"--", "[==[" .. "]==]") return --[[ end ]] --
