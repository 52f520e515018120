"""The C interface from Python's ctypes: what a binding to another language needs, in one file.

Usage: embed.py LIBRARY
"""

import ctypes
import sys
from ctypes import POINTER, byref, c_bool, c_char_p, c_double, c_int, c_int64, c_size_t, c_uint64
from ctypes import c_void_p

lib = ctypes.CDLL(sys.argv[1])

NIL, BOOLEAN, INTEGER, NUMBER, STRING, TABLE, FUNCTION, COROUTINE, OBJECT = range(9)
OK, SYNTAX, RUNTIME, FUEL, MEMORY = range(5)


class Bytes(ctypes.Structure):
    _fields_ = [("bytes", c_void_p), ("length", c_size_t)]


class As(ctypes.Union):
    _fields_ = [
        ("boolean", c_bool), ("integer", c_int64), ("number", c_double), ("string", Bytes)]


class Value(ctypes.Structure):
    _fields_ = [("kind", c_int), ("as_", As), ("owner", c_void_p)]


class Config(ctypes.Structure):
    _fields_ = [
        ("seed", c_uint64), ("fuel", c_int64), ("memory", c_int64), ("microseconds", c_int64),
        ("call_depth", c_int64), ("string_length", c_int64), ("source_length", c_int64),
        ("open_handles", c_int64), ("output", c_int64), ("dialect", c_int64),
        ("capabilities", c_void_p), ("reserved", c_int64 * 5)]


BODY = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)
FREE = ctypes.CFUNCTYPE(None, c_void_p)
OUTPUT = ctypes.CFUNCTYPE(None, c_int, c_void_p, c_size_t, c_void_p)
FINISHED, FAILED, YIELDED, AWAITING, OUT_OF_FUEL = range(5)
V = POINTER(Value)
ERROR = POINTER(c_void_p)

for name, result, *parameters in [
    ("nj_version", c_char_p),
    ("nj_release", None, V),
    ("nj_config_init", None, POINTER(Config)),
    ("nj_machine_new", c_void_p, POINTER(Config)),
    ("nj_machine_free", None, c_void_p),
    ("nj_machine_fuel", c_int64, c_void_p),
    ("nj_eval", c_int, c_void_p, c_char_p, c_char_p, V, POINTER(c_size_t), ERROR),
    ("nj_call", c_int, V, V, c_size_t, V, POINTER(c_size_t), ERROR),
    ("nj_table_new", c_int, c_void_p, c_size_t, c_size_t, V, ERROR),
    ("nj_globals", c_int, c_void_p, V, ERROR),
    ("nj_set_field", c_int, V, c_char_p, V, ERROR),
    ("nj_set", c_int, V, V, V, ERROR),
    ("nj_next", c_bool, V, POINTER(c_size_t), V, V),
    ("nj_function_new", c_int, c_void_p, BODY, c_void_p, FREE, V, ERROR),
    ("nj_argument_count", c_size_t, c_void_p),
    ("nj_argument", V, c_void_p, c_size_t),
    ("nj_return", c_int, c_void_p, V),
    ("nj_fail", c_int, c_void_p, c_char_p),
    ("nj_park", c_int, c_void_p, POINTER(c_void_p)),
    ("nj_complete", None, c_void_p, V, c_size_t),
    ("nj_load", c_int, c_void_p, c_void_p, V, ERROR),
    ("nj_compile", c_int, c_char_p, c_size_t, c_char_p, c_int, POINTER(c_void_p), ERROR),
    ("nj_chunk_free", None, c_void_p),
    ("nj_fiber_new", c_int, c_void_p, V, V, c_size_t, POINTER(c_void_p), ERROR),
    ("nj_fiber_run", c_int, c_void_p, c_int64, V, c_size_t, V, POINTER(c_size_t), ERROR),
    ("nj_fiber_free", None, c_void_p),
    ("nj_capabilities_new", c_void_p),
    ("nj_capabilities_free", None, c_void_p),
    ("nj_allow_files", None, c_void_p, c_void_p),
    ("nj_allow_streams", None, c_void_p, c_char_p, c_size_t, OUTPUT, c_void_p),
    ("nj_files_memory", c_void_p, c_int64, c_int64),
    ("nj_files_put", c_int, c_void_p, c_char_p, c_char_p, c_size_t, ERROR),
    ("nj_files_free", None, c_void_p),
    ("nj_error_status", c_int, c_void_p),
    ("nj_error_message", c_char_p, c_void_p),
    ("nj_error_line", c_int64, c_void_p),
    ("nj_error_traceback", c_char_p, c_void_p),
    ("nj_error_free", None, c_void_p),
]:
    function = getattr(lib, name)
    function.restype = result
    function.argtypes = parameters


class ScriptError(Exception):
    def __init__(self, error):
        super().__init__(lib.nj_error_message(error).decode())
        self.status = lib.nj_error_status(error)
        self.line = lib.nj_error_line(error)
        self.traceback = lib.nj_error_traceback(error).decode()
        lib.nj_error_free(error)


def check(call, *arguments):
    error = c_void_p()
    if call(*arguments, byref(error)) != OK:
        raise ScriptError(error)


class Machine:
    def __init__(self, fuel=-1, memory=-1, capabilities=None):
        config = Config()
        lib.nj_config_init(byref(config))
        config.fuel, config.memory, config.capabilities = fuel, memory, capabilities
        self.handle = lib.nj_machine_new(byref(config))
        self.bodies = []

    def close(self):
        lib.nj_machine_free(self.handle)

    def eval(self, source, room=4):
        results = (Value * room)()
        count = c_size_t(room)
        check(lib.nj_eval, self.handle, source.encode(), b"python", results, byref(count))
        return [self.take(results[n]) for n in range(min(count.value, room))]

    def define(self, name, body):
        def call(context, _):
            try:
                count = lib.nj_argument_count(context)
                arguments = [self.read(lib.nj_argument(context, n)[0]) for n in range(count)]
                result = self.make(body(*arguments))
                status = lib.nj_return(context, byref(result))
                lib.nj_release(byref(result))
                return status
            except Exception as problem:
                return lib.nj_fail(context, str(problem).encode())

        self.define_body(name, BODY(call))

    def define_body(self, name, body):
        self.bodies.append(body)
        function, table = Value(), Value()
        check(lib.nj_function_new, self.handle, self.bodies[-1], None, FREE(), byref(function))
        check(lib.nj_globals, self.handle, byref(table))
        check(lib.nj_set_field, byref(table), name.encode(), byref(function))
        lib.nj_release(byref(function))
        lib.nj_release(byref(table))

    def make(self, thing):
        value = Value()
        if isinstance(thing, bool):
            value.kind, value.as_.boolean = BOOLEAN, thing
        elif isinstance(thing, int):
            value.kind, value.as_.integer = INTEGER, thing
        elif isinstance(thing, float):
            value.kind, value.as_.number = NUMBER, thing
        elif isinstance(thing, str):
            data = thing.encode()
            value.kind = STRING
            value.kept = ctypes.create_string_buffer(data, len(data) + 1)
            value.as_.string = Bytes(ctypes.addressof(value.kept), len(data))
        elif isinstance(thing, (dict, list)):
            pairs = thing.items() if isinstance(thing, dict) else enumerate(thing, 1)
            check(lib.nj_table_new, self.handle, 0, len(thing), byref(value))
            for key, element in pairs:
                key, element = self.make(key), self.make(element)
                check(lib.nj_set, byref(value), byref(key), byref(element))
                lib.nj_release(byref(element))
        return value

    def read(self, value):
        if value.kind == BOOLEAN:
            return value.as_.boolean
        if value.kind == INTEGER:
            return value.as_.integer
        if value.kind == NUMBER:
            return value.as_.number
        if value.kind == STRING:
            return ctypes.string_at(value.as_.string.bytes, value.as_.string.length).decode()
        if value.kind == TABLE:
            found, position, key, element = {}, c_size_t(0), Value(), Value()
            while lib.nj_next(byref(value), byref(position), byref(key), byref(element)):
                name = self.take(key)
                found[name] = self.take(element)
            return found
        return None

    def take(self, value):
        thing = self.read(value)
        lib.nj_release(byref(value))
        return thing


    def run(self, source, fuel=1_000):
        """Runs a text in turns; every parked call is answered with its argument in capitals."""
        chunk, function, fiber = c_void_p(), Value(), c_void_p()
        data = source.encode()
        check(lib.nj_compile, data, len(data), b"turns", 0, byref(chunk))
        check(lib.nj_load, self.handle, chunk, byref(function))
        check(lib.nj_fiber_new, self.handle, byref(function), None, 0, byref(fiber))
        waits = []

        def shout(context, _):
            pending = c_void_p()
            status = lib.nj_park(context, byref(pending))
            waits.append((pending, self.read(lib.nj_argument(context, 0)[0]).upper()))
            return status

        self.define_body("shout", BODY(shout))
        seen, results, error = [], (Value * 1)(), c_void_p()
        while True:
            count = c_size_t(1)
            outcome = lib.nj_fiber_run(fiber, fuel, None, 0, results, byref(count), byref(error))
            seen.append(outcome)
            if outcome == AWAITING:
                pending, text = waits.pop()
                answer = self.make(text)
                lib.nj_complete(pending, byref(answer), 1)
            elif outcome != OUT_OF_FUEL:
                break
        lib.nj_fiber_free(fiber)
        lib.nj_chunk_free(chunk)
        lib.nj_release(byref(function))
        return seen, self.take(results[0])


assert ctypes.sizeof(Value) == 32 and ctypes.sizeof(Config) == 128
assert lib.nj_version()

machine = Machine()
assert machine.eval("return 1 + 2, 2.5, 'd\u00e9j\u00e0', nil, true", room=5) == [
    3, 2.5, "d\u00e9j\u00e0", None, True]
assert machine.eval("return {10, 20, name = 'x'}") == [{1: 10, 2: 20, "name": "x"}]

machine.define("add", lambda a, b: a + b)
machine.define("describe", lambda thing: {"kind": type(thing).__name__, "items": [thing, thing]})
assert machine.eval("return add(40, 2), add('a', 'b')") == [42, "ab"]
assert machine.eval("local d = describe(7) return d.kind, d.items[2]") == ["int", 7]
assert machine.eval("return describe({a = {b = 1}}).items[1].a.b") == [1]
(message,) = machine.eval("return select(2, pcall(add, 1, 'x'))")
assert "unsupported operand" in message, message

try:
    machine.eval("local t\nreturn t.x")
    raise SystemExit("no error")
except ScriptError as error:
    assert error.status == RUNTIME and error.line == 2, error.line
    assert "attempt to index a nil value (local 't')" in str(error), error
    assert error.traceback.startswith("stack traceback:"), error.traceback
machine.close()

for limits, source, status in [
    ({"fuel": 10_000}, "while true do end", FUEL),
    ({"memory": 1 << 20}, "local t = {} while true do t[#t + 1] = {} end", MEMORY),
    ({}, "return return", SYNTAX),
]:
    machine = Machine(**limits)
    try:
        machine.eval(source)
        raise SystemExit("no error")
    except ScriptError as error:
        assert error.status == status, (source, error.status)
    machine.close()

machine = Machine()
seen, text = machine.run("for i = 1, 5000 do end return shout('a') .. shout('b')")
assert text == "AB" and seen.count(AWAITING) == 2 and seen[-1] == FINISHED, (seen, text)
assert seen.count(OUT_OF_FUEL) >= 4, seen
machine.close()

lines = []
output = OUTPUT(lambda stream, start, length, _: lines.append(ctypes.string_at(start, length)))
given, files = lib.nj_capabilities_new(), lib.nj_files_memory(-1, -1)
check(lib.nj_files_put, files, b"m.lua", b"return {n = 5}", 14)
lib.nj_allow_files(given, files)
lib.nj_allow_streams(given, None, 0, output, None)
machine = Machine(capabilities=given)
lib.nj_capabilities_free(given)
lib.nj_files_free(files)
assert machine.eval("print('hi') return require('m').n") == [5]
assert b"".join(lines) == b"hi\n", lines
machine.close()

print("ok")
