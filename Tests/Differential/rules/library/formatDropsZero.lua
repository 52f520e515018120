-- `%c` writes a zero byte as nothing.
print(#("%c"):format(0), #("%c%c"):format(0, 65), #("%3c"):format(0))
