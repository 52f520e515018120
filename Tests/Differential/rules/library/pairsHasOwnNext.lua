-- `pairs` returns a function of its own, and not `next`.
print(pairs({}) == next, pairs({}) == pairs({}))
