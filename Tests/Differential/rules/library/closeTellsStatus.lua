-- Closing a pipe tells how the program ended.
local p = io.popen("exit 3")
print(p:close())
