-- `string.pack` has no limit of 2^31 for sizes.
print(pcall(string.packsize or function() return "no packing" end, "c2147483646"))
