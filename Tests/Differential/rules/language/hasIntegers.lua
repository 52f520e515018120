-- The rule `hasIntegers` of DialectRules.swift.
print(1, 1.0, 2^53, 10 / 2, 3 % -2, 7, math.type and math.type(1), 9007199254740993, 1e15)
