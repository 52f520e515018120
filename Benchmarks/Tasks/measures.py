"""What the measures of asyncio and Trio share: how a line is printed, and what memory a process has."""

import os
import time


def report(name, value, unit):
    print(f"{name}\t{value:.4g}\t{unit}", flush=True)


def best(rounds, count, body):
    """Nanoseconds of each of `count` steps, in the best of some rounds."""
    return min(body() for _ in range(rounds)) / count * 1e9


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def p99(values):
    values.sort()
    return values[int(len(values) * 0.99)]


def burn(seconds):
    """Burns a core in a thread of this process."""
    import threading

    end = time.monotonic() + seconds

    def run():
        while time.monotonic() < end:
            sum(range(1000))

    thread = threading.Thread(target=run)
    thread.start()
    return thread
