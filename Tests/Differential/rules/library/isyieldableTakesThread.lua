-- `coroutine.isyieldable` takes a coroutine.
print(coroutine.isyieldable and coroutine.isyieldable(coroutine.create(print)))
