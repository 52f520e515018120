-- The rule `version` of DialectRules.swift.
print(_VERSION)
