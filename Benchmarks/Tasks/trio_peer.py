"""The measures of Benchmarks/tasks for Trio. usage: trio_peer.py COUNT IDLE"""

import gc
import sys
import time

import trio

from measures import best, burn, p99, report, resident

count, idle = int(sys.argv[1]), int(sys.argv[2])


async def nothing():
    pass


async def main():
    async def switch():
        async def yields():
            for _ in range(count // 2):
                await trio.lowlevel.checkpoint()

        start = time.perf_counter()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(yields)
            nursery.start_soon(yields)
        return time.perf_counter() - start

    async def spawn():
        start = time.perf_counter()
        for _ in range(count):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(nothing)
        return time.perf_counter() - start

    async def trip():
        to, ask = trio.open_memory_channel(0)
        back, answer = trio.open_memory_channel(0)

        async def echo():
            for _ in range(count):
                await back.send(await ask.receive())

        async with trio.open_nursery() as nursery:
            nursery.start_soon(echo)
            start = time.perf_counter()
            for i in range(count):
                await to.send(i)
                await answer.receive()
            return time.perf_counter() - start

    async def deadline():
        start = time.perf_counter()
        for _ in range(count):
            with trio.fail_after(5):
                pass
        return time.perf_counter() - start

    for name, body in [
        ("yield", switch),
        ("spawn and join", spawn),
        ("channel round trip", trip),
        ("scope with a deadline", deadline),
    ]:
        times = [await body() for _ in range(3)]
        report(name, best(1, count, lambda: min(times)), "ns")

    raises, late = [], []

    async def parked(scope):
        with scope:
            try:
                await trio.sleep(1000)
            finally:
                raises.append(time.perf_counter())

    for _ in range(2000):
        async with trio.open_nursery() as nursery:
            scope = trio.CancelScope()
            nursery.start_soon(parked, scope)
            await trio.lowlevel.checkpoint()
            await trio.lowlevel.checkpoint()
            start = time.perf_counter()
            scope.cancel()
        late.append((raises[-1] - start) * 1e6)
    report("cancel to first raise, p99", p99(late), "µs")

    thread = burn(4)
    late = []
    for _ in range(400):
        due = time.perf_counter() + 0.005
        await trio.sleep(0.005)
        late.append((time.perf_counter() - due) * 1e3)
    report("timers late, p99", p99(late), "ms")
    thread.join()

    cleaned = 0

    async def sleeper():
        nonlocal cleaned
        try:
            await trio.sleep(1000)
        finally:
            cleaned += 1

    gc.collect()
    before = resident()
    async with trio.open_nursery() as nursery:
        for _ in range(idle):
            nursery.start_soon(sleeper)
        await trio.sleep(0.1)
        report("idle task", (resident() - before) / idle, "bytes")
        start = time.perf_counter()
        nursery.cancel_scope.cancel()
    seconds = time.perf_counter() - start
    assert cleaned == idle
    report("cancel a million, one cleanup each", seconds * 1e6 / idle, "s")


trio.run(main)
