-- Yielding where nothing can be resumed.
-- expect: error outside a coroutine
coroutine.yield(1)
