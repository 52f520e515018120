-- Backtracking is bounded by fuel and memory, not by the thread's stack.
-- limits: fuel=100000000 time=20000 memory=32000000
-- expect: finished nil | outOfFuel | error not enough memory | error pattern too complex
return ("x"):rep(500000):find(".-.-.-b")
