# The two commands of the README are `make demo` and `make test`; each does its own set-up.
# Whatever runs Lua programs is built for release: unoptimised, the engine is 12-15 times slower.

SWIFT ?= swift
BUILD := $(SWIFT) build -c release --product nightjar
NIGHTJAR := .build/release/nightjar
# Options for Benchmarks/run, such as BENCH='--quick --only fib'.
BENCH ?=
# Options for `swift test`, such as TEST='--filter Tidy'. Testable imports are off, so that the
# tests use the modules that the command was built from instead of compiling them again. As many
# tests run at once as there are processors: with all of them begun at once, one that sleeps would
# come back behind every other.
TEST ?=
# Where `make library` puts lib/libnightjar.so and include/nightjar.h.
PREFIX ?= .build/library
# Seconds that each fuzzer runs.
FUZZ_SECONDS ?= 60

.PHONY: help setup build library demo test bench fuzz sanitize format lint clean

help:
	@echo "make demo    build, then run the programs of Examples/"
	@echo "make test    set up, fetch the official suites, build, run all tests"
	@echo "make bench   compare with lua5.4 and LuaJIT; BENCH='--quick' for a first look,"
	@echo "             BENCH='--limits' to see what counting fuel and memory costs"
	@echo "make fuzz    run each fuzzer for FUZZ_SECONDS=$(FUZZ_SECONDS) seconds"
	@echo "make sanitize  the embedding tests under the address and the thread sanitizer"
	@echo "make build   the nightjar command, for release: $(NIGHTJAR)"
	@echo "make library  libnightjar.so and nightjar.h for other languages, in PREFIX=$(PREFIX)"
	@echo "make setup   install what tests and benchmarks need"
	@echo "make format  make lint   rewrite the Swift sources by .swift-format, or only complain"

library:
	$(SWIFT) build -c release --product NightjarC
	install -D -m 755 .build/release/libNightjarC.so $(PREFIX)/lib/libnightjar.so
	install -D -m 644 Sources/CNightjarAPI/include/nightjar.h $(PREFIX)/include/nightjar.h

setup:
	@Tools/setup.sh

build:
	$(BUILD)

demo: build
	@Examples/tour $(NIGHTJAR) run

test: setup
	Tools/fetch-suites.sh
	$(BUILD)
	$(SWIFT) test -c release --disable-testable-imports \
	  --experimental-maximum-parallelization-width $$(getconf _NPROCESSORS_ONLN) $(TEST)

bench: setup build
	@Benchmarks/run $(BENCH)
	$(SWIFT) run -c release nightjar-embedding-benchmark
	$(SWIFT) build -c release --product nightjar-fuse-benchmark
	@Benchmarks/fuse/compile
	@Benchmarks/isolates
	@Benchmarks/pauses
	@Benchmarks/tasks

fuzz:
	Fuzz/run $(FUZZ_SECONDS)

sanitize:
	Tools/sanitize

format:
	$(SWIFT) format format --in-place --recursive --parallel Package.swift Sources Plugins Tests Tools Fuzz Benchmarks Examples

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Plugins Tests Tools Fuzz Benchmarks Examples

clean:
	rm -rf .build
