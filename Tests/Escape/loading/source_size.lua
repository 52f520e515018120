-- Source text beyond its limit.
-- limits: source=10000
-- expect: finished nil chunk of 10001 bytes (limit is 10000)
return load((" "):rep(10001))
