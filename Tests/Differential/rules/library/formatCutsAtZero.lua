-- `%s` writes up to the first zero byte.
print(#("%s"):format("ab\0cd"), #("%s"):format(("x"):rep(120) .. "\0y"))
