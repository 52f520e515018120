// Where a dialect has no integers, no number may be seen to be one inside. Programs of random arithmetic
// on numbers of every origin (literals, lengths, counts, positions, loops, times) are compared with
// the reference, to the last bit. The seed is fixed; each program stands in the failure's report.
import Foundation
import Testing

/// Writes programs.
private struct ArithmeticPrograms {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func below(_ bound: Int) -> Int {
    // SOURCE: SplitMix64.
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ z >> 31) % UInt64(bound))
  }

  private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

  /// What numbers may come from; `s` is a string and `t` a list.
  private static let sources = [
    "0", "1", "2", "3", "7", "10", "255", "2147483647", "4294967296", "9007199254740992",
    "9007199254740993", "9223372036854775807", "18446744073709551615", "0.5", "1.5", "0.1", "1e15",
    "1e300", "0x7fffffff", "0xffffffff", "#s", "#t", "select('#', 1, 2, 3)", "s:len()", "s:byte(2)",
    "(s:find('l'))", "(select(2, s:gsub('l', 'L')))", "tonumber('12')", "tonumber('0x10')",
    "tonumber('777', 8)", "math.floor(2.5)", "math.ceil(-2.5)", "math.abs(-3)", "math.max(1, 2)",
    "os.time{year=2000,month=1,day=1,hour=0}", "math.huge", "math.fmod(7, 4)", "(math.modf(3.7))",
    "os.date('!*t', 86400).year", "(math.frexp(1024))", "math.ldexp(1, 40)", "t[2]", "count(5)",
    "math.pow(2, 40)", "debug.getinfo(1, 'l').currentline", "('5' + 0)", "('0x20' * 1)",
  ]

  private static let variables = ["a", "b", "c", "d", "e", "f"]

  private mutating func expression(depth: Int) -> String {
    if depth == 0 || below(5) == 0 { return pick(Self.variables) }
    switch below(12) {
    case 0: return "-(\(expression(depth: depth - 1)))"
    case 1: return "math.floor(\(expression(depth: depth - 1)))"
    case 2: return "math.abs(\(expression(depth: depth - 1)))"
    case 3: return "tonumber(tostring(\(expression(depth: depth - 1))))"
    default:
      let sign = pick(["+", "-", "*", "/", "%", "+", "-", "*", "^"])
      return "(\(expression(depth: depth - 1)) \(sign) \(expression(depth: depth - 1)))"
    }
  }

  /// The next program.
  mutating func next() -> String {
    var lines = [
      "local s, t = 'hello', {4, 5, 6}",
      "local function count(n) local k = 0 for i = 1, n do k = k + 1 end return k end",
      // The sign of what is no number is nobody's business.
      "local function show(x)",
      "  if x ~= x then return print('nan') end",
      "  print(tostring(x), string.format('%.17g', x), x .. '', x == math.floor(x), 1 / x < 0)",
      "end",
    ]
    for name in Self.variables { lines.append("local \(name) = \(pick(Self.sources))") }
    for _ in 0..<12 {
      lines.append("\(pick(Self.variables)) = \(expression(depth: 3))")
      lines.append("show(\(expression(depth: 2)))")
    }
    // Products and sums that leave the integers behind.
    let start = pick(Self.sources)
    let factor = pick(Self.sources)
    lines.append("local p, q = \(start), \(start)")
    lines.append("for i = 1, 80 do p = p * \(factor) q = q + q end show(p) show(q) show(-q)")
    lines.append("local p = \(start) for i = 1, 7 do p = p * p show(p) end")
    // Bounds of loops and keys of tables.
    let bound = pick(["2^53", "2^53 - 1", "1e15", "#s", "2^31", "-2^53"])
    // Steps that a float is too great for go nowhere.
    let guarded = "n = n + 1 show(i) if n > 9 then break end"
    lines.append("local n = 0 for i = \(bound), \(bound) + 3 do \(guarded) end print(n)")
    lines.append("n = 0 for i = \(bound), \(bound) - 1, -0.5 do \(guarded) end print(n)")
    lines.append("local m = {} m[#s] = 1 m[\(bound)] = 2 m[0] = 3")
    lines.append("print(m[5], m[5.0], m[\(bound)], m[#t + 2])")
    return lines.joined(separator: "\n")
  }
}

@Suite("arithmetic without integers") struct DialectArithmeticTests {
  /// Dialects and references, and the number of the program.
  static let cases = ["5.1", "5.2", "jit"].flatMap { name in (0..<40).map { (name, $0) } }

  @Test("random arithmetic gives what the reference gives", arguments: cases)
  func givesTheSame(dialect: String, number: Int) async throws {
    let command = dialect == "jit" ? "luajit" : "lua\(dialect)"
    guard let reference = Locations.find(command) else { return }
    var programs = ArithmeticPrograms(seed: 0x51 + UInt64(number))
    let text = programs.next()
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let file = folder.url.appending(path: "random.lua")
    try Data(text.utf8).write(to: file)
    let wanted = try await run(reference, [], file)
    let nightjar = try Interpreter.nightjar()
    let actual = try await run(
      nightjar.executable,
      nightjar.arguments + ["--lua", dialect],
      file
    )
    #expect(wanted.status == actual.status, "\(wanted.summary)\n\(actual.summary)\n\(text)")
    let report = difference(expected: wanted.output, actual: actual.output)
    #expect(report == nil, "\(dialect), program \(number): \(report ?? "")\n\(text)")
  }

  private func run(
    _ executable: URL,
    _ arguments: [String],
    _ file: URL
  ) async throws -> Subprocess.Outcome {
    try await Subprocess(
      executable: executable,
      arguments: arguments + [file.path],
      directory: file.deletingLastPathComponent()
    ).run()
  }
}
