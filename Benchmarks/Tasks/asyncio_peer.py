"""The measures of Benchmarks/tasks for asyncio. usage: asyncio_peer.py COUNT IDLE"""

import asyncio
import gc
import sys
import time

from measures import best, burn, p99, report, resident

count, idle = int(sys.argv[1]), int(sys.argv[2])


async def nothing():
    pass


async def main():
    async def yields(n):
        for _ in range(n):
            await asyncio.sleep(0)

    async def switch():
        start = time.perf_counter()
        await asyncio.gather(yields(count // 2), yields(count // 2))
        return time.perf_counter() - start

    async def spawn():
        start = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                await group.create_task(nothing())
        return time.perf_counter() - start

    async def trip():
        there, back = asyncio.Queue(1), asyncio.Queue(1)

        async def echo():
            for _ in range(count):
                await back.put(await there.get())

        task = asyncio.create_task(echo())
        start = time.perf_counter()
        for i in range(count):
            await there.put(i)
            await back.get()
        seconds = time.perf_counter() - start
        await task
        return seconds

    for name, body in [
        ("yield", switch),
        ("spawn and join", spawn),
        ("channel round trip", trip),
    ]:
        times = [await body() for _ in range(3)]
        report(name, best(1, count, lambda: min(times)), "ns")

    raises = []

    async def parked():
        try:
            await asyncio.sleep(1000)
        finally:
            raises.append(time.perf_counter())

    late = []
    for _ in range(2000):
        task = asyncio.create_task(parked())
        await asyncio.sleep(0)
        start = time.perf_counter()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        late.append((raises[-1] - start) * 1e6)
    report("cancel to first raise, p99", p99(late), "µs")

    thread = burn(4)
    late = []
    for _ in range(400):
        due = time.perf_counter() + 0.005
        await asyncio.sleep(0.005)
        late.append((time.perf_counter() - due) * 1e3)
    report("timers late, p99", p99(late), "ms")
    thread.join()

    cleaned = 0

    async def sleeper():
        nonlocal cleaned
        try:
            await asyncio.sleep(1000)
        finally:
            cleaned += 1

    gc.collect()
    before = resident()
    tasks = [asyncio.create_task(sleeper()) for _ in range(idle)]
    await asyncio.sleep(0.1)
    report("idle task", (resident() - before) / idle, "bytes")
    start = time.perf_counter()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    seconds = time.perf_counter() - start
    assert cleaned == idle
    report("cancel a million, one cleanup each", seconds * 1e6 / idle, "s")


asyncio.run(main())
