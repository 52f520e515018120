// What a native says when it stops: one word, so that it crosses the C calling convention.
//
//   63                     36 35               12 11      4 3    0
//   ┌────────────────────────┬───────────────────┬─────────┬──────┐
//   │ count (signed, 28)     │ index (24)        │ phase   │ kind │
//   └────────────────────────┴───────────────────┴─────────┴──────┘

/// The next step a native asks for.
///
/// Indices count slots from the native's function slot, 0.
package struct NativeOutcome {
  let raw: Int

  @inline(__always) init(raw: Int) { self.raw = raw }

  enum Kind {
    static var results: Int { 0 }
    static var call: Int { 1 }
    static var tailCall: Int { 2 }
    static var yield: Int { 3 }
    static var resume: Int { 4 }
    static var again: Int { 5 }
    static var host: Int { 6 }
    static var wait: Int { 7 }
    static var raised: Int { 15 }
  }

  @inline(__always)
  private init(_ kind: Int, count: Int, index: Int = 0, phase: Int = 0) {
    raw = kind | phase << 4 | index << 12 | count << 36
  }

  @inline(__always) static func kind(_ raw: Int) -> Int { raw & 15 }
  @inline(__always) static func phase(_ raw: Int) -> Int { raw >> 4 & 0xFF }
  @inline(__always) static func index(_ raw: Int) -> Int { raw >> 12 & 0xFF_FFFF }
  @inline(__always) static func count(_ raw: Int) -> Int { raw >> 36 }

  /// Returns `count` values that begin at slot `index`.
  @inline(__always) package static func results(_ count: Int, from index: Int = 0) -> NativeOutcome
  { NativeOutcome(Kind.results, count: count, index: index) }

  /// Calls the function in slot `at` with the `count` arguments behind it.
  ///
  /// The results will stand from slot `at` on when the native is entered again with `then` as its
  /// phase (1...255).
  @inline(__always)
  package static func call(at index: Int, _ count: Int, then phase: Int) -> NativeOutcome {
    NativeOutcome(Kind.call, count: count, index: index, phase: phase)
  }

  /// Calls the function in slot `at` in place of this native.
  @inline(__always)
  package static func tailCall(at index: Int, _ count: Int) -> NativeOutcome {
    NativeOutcome(Kind.tailCall, count: count, index: index)
  }

  /// Suspends the fiber with `count` values from slot `index`; what it is resumed with will stand
  /// from slot `index` on.
  @inline(__always)
  package static func yield(_ count: Int, from index: Int, then phase: Int) -> NativeOutcome {
    NativeOutcome(Kind.yield, count: count, index: index, phase: phase)
  }

  /// Resumes the fiber in slot `at` with the `count` values behind it; what it yields or returns
  /// will stand from slot `at + 1` on, with true (or false and the error) in slot `at`.
  @inline(__always)
  static func resume(at index: Int, _ count: Int, then phase: Int) -> NativeOutcome {
    NativeOutcome(Kind.resume, count: count, index: index, phase: phase)
  }

  /// Asks the host for what the value in slot `index` describes, and waits.
  ///
  /// Its answer, true and values or false and an error, will stand from slot `index` on.
  @inline(__always)
  package static func host(at index: Int, then phase: Int) -> NativeOutcome {
    NativeOutcome(Kind.host, count: 1, index: index, phase: phase)
  }

  /// Parks the task; what it is woken with will stand in slots `index` and `index + 1`.
  ///
  /// The native has entered the task where it will be woken from.
  @inline(__always) static func wait(at index: Int, then phase: Int) -> NativeOutcome {
    NativeOutcome(Kind.wait, count: 2, index: index, phase: phase)
  }

  /// Asks to be entered again with a new phase (after the engine changed frames on its behalf).
  @inline(__always) static func again(then phase: Int) -> NativeOutcome {
    NativeOutcome(Kind.again, count: 0, phase: phase)
  }

  /// An error was raised; its value is in the machine.
  static var raised: NativeOutcome { NativeOutcome(Kind.raised, count: 0) }
}

/// Marks that a script error was raised; the error's value is in the machine (`errorValue`).
package struct ScriptError: Error {}

extension NativeOutcome {
  /// How many values a results outcome returns.
  package var count: Int { Self.count(raw) }

  /// The n-th value, from 0, of a results outcome.
  package func value(_ n: Int, in call: NativeCall) -> Value { call[Self.index(raw) + n] }

  /// The first value of a results outcome; nil when there is none.
  package func first(in call: NativeCall) -> Value { count > 0 ? value(0, in: call) : .nil }

  /// The same results without the last ones.
  package func dropping(last dropped: Int) -> NativeOutcome {
    .results(Swift.max(count - dropped, 0), from: Self.index(raw))
  }
}
