-- The rule `modulo` of DialectRules.swift.
print(5.5 % 2, -5.5 % 2, 5.5 % -2, 5 % math.huge, -5 % math.huge, 0.3 % 0.1, 1e20 % 3, -1e-20 % 1)
