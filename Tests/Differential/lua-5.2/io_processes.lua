-- popen and execute, and what closing and running tell.
local p = io.popen("echo one; echo two")
print(p:read("*l"), p:read("*a"), p:close())
print(io.popen("exit 3"):close())
print(io.popen("kill -9 $$"):close())
print(os.execute("exit 5")) print(os.execute("true")) print(os.execute("kill -15 $$"))
print(type(os.execute()), io.popen("cat > /dev/null", "w"):close())
for l in io.popen("printf 'a\\nb\\n'"):lines() do io.write(l, ";") end print()
print(pcall(io.popen, "true", "rw") == true)
