-- `%s` with modifiers refuses zero bytes.
print((pcall(string.format, "%5s", "a\0b")), (pcall(string.format, "%.1s", "a\0b")))
