-- `%p` writes addresses.
print((pcall(string.format, "%p", {})))
