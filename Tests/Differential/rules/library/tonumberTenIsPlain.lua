-- `tonumber` with base 10 reads like one without.
print(tonumber("1e1", 10), tonumber("10", 10), tonumber("0x10", 10), tonumber("1.5", 10))
