-- What functions say that an implementation may have written in Lua itself.
for _, f in ipairs { "deg", "rad" } do
  print(pcall(math[f])) print(pcall(math[f], "z")) print(pcall(math[f], nil))
end
print(pcall(string.len)) print(pcall(string.len, nil)) print(pcall(string.len, {}))
print(pcall(table.concat)) print(pcall(table.remove)) print(pcall(table.insert, nil, 1))
if table.move then print(pcall(table.move, {}, 1)) print(pcall(table.move, {}, 1, 2)) end
