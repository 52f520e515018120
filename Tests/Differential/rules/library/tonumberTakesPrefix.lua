-- `tonumber` with base 16 takes `0x`.
print(tonumber("0xff", 16), tonumber("ff", 16), tonumber("-0xf", 16), tonumber("0x", 16))
