-- An allowed address where nobody listens is an ordinary failure.
-- grants: network
-- expect: finished nil
return (net.connect("127.0.0.1", 1, 1))
