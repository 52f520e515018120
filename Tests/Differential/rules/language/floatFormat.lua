-- The rule `floatFormat` of DialectRules.swift.
print(0.1, 1 / 3, 1e15, 2^53, 100, 1e100, 123456.789e3, -1 / math.huge, 3.14159265358979)
