-- What the tables jit and _G say of themselves.
print(type(jit), type(jit.version), type(jit.version_num), jit.version_num >= 20000, jit.version:sub(1, 6), _VERSION)
print(type(jit.os), type(jit.arch), type(jit.on), type(jit.off), type(jit.flush), type(jit.status()))
jit.off() jit.on() jit.flush() print(pcall(jit.off, function() end), (jit.status()) == true or (jit.status()) == false)
print(type(string.dump(function() end)), debug.getinfo(1, "S").what)
