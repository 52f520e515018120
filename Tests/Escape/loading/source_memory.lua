-- The tree of a long text would not fit into the memory that is left.
-- limits: memory=4000000 fuel=100000000
-- expect: finished nil not enough memory
return load(("x=1 "):rep(200000))
