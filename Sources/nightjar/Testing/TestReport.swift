// What came of tests, told to people or, as TAP or JUnit, to tools.
//
// SOURCE: the Test Anything Protocol, version 14; the XML of JUnit as its readers take it.

/// What came of one test.
struct TestResult: Sendable {
  enum Outcome: Sendable {
    case passed
    /// Why, and what was printed.
    case failed(String)
    case skipped(String)
  }

  /// The file it stands in.
  var file: String
  var name: String
  var outcome: Outcome
  var nanoseconds: UInt64
}

/// A form of reports.
enum TestFormat: String {
  case text, tap, junit
}

/// Writes what came of tests.
struct TestReport {
  let results: [TestResult]

  var failureCount: Int { results.count { if case .failed = $0.outcome { true } else { false } } }
  var skipCount: Int { results.count { if case .skipped = $0.outcome { true } else { false } } }

  func text(_ format: TestFormat) -> String {
    switch format {
    case .text: plain
    case .tap: tap
    case .junit: junit
    }
  }

  // MARK: People

  private var plain: String {
    var out = ""
    for result in results {
      switch result.outcome {
      case .passed: out += "ok    \(result.file): \(result.name)\n"
      case .skipped(let reason): out += "skip  \(result.file): \(result.name) (\(reason))\n"
      case .failed(let why):
        out += "FAIL  \(result.file): \(result.name)\n"
        for line in why.split(separator: "\n") { out += "      \(line)\n" }
      }
    }
    let passed = results.count - failureCount - skipCount
    var parts = ["\(passed) passed"]
    if failureCount > 0 { parts.append("\(failureCount) failed") }
    if skipCount > 0 { parts.append("\(skipCount) skipped") }
    return out + parts.joined(separator: ", ")
  }

  // MARK: Tools

  private var tap: String {
    var lines = ["TAP version 14", "1..\(results.count)"]
    for (index, result) in results.enumerated() {
      let name = "\(index + 1) - \(result.file): \(result.name)".filter { $0 != "#" }
      switch result.outcome {
      case .passed: lines.append("ok \(name)")
      case .skipped(let reason): lines.append("ok \(name) # SKIP \(reason)")
      case .failed(let why):
        lines.append("not ok \(name)")
        lines.append("  ---")
        lines.append("  message: |")
        lines += why.split(separator: "\n").map { "    \($0)" }
        lines.append("  ...")
      }
    }
    return lines.joined(separator: "\n")
  }

  private var junit: String {
    var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
    var files: [String] = []
    for result in results where !files.contains(result.file) { files.append(result.file) }
    for file in files {
      let own = TestReport(results: results.filter { $0.file == file })
      out += "  <testsuite name=\"\(Self.escaped(file))\" tests=\"\(own.results.count)\""
      out += " failures=\"\(own.failureCount)\" skipped=\"\(own.skipCount)\">\n"
      for result in own.results {
        out += "    <testcase classname=\"\(Self.escaped(file))\""
        out += " name=\"\(Self.escaped(result.name))\""
        out += " time=\"\(Self.seconds(result.nanoseconds))\""
        switch result.outcome {
        case .passed: out += "/>\n"
        case .skipped(let reason):
          out += "><skipped message=\"\(Self.escaped(reason))\"/></testcase>\n"
        case .failed(let why):
          let first = why.split(separator: "\n").first.map(String.init) ?? ""
          out += "><failure message=\"\(Self.escaped(first))\">"
          out += "\(Self.escaped(why))</failure></testcase>\n"
        }
      }
      out += "  </testsuite>\n"
    }
    return out + "</testsuites>"
  }

  private static func seconds(_ nanoseconds: UInt64) -> String {
    let milliseconds = nanoseconds / 1_000_000
    let digits = String(milliseconds % 1000)
    return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - digits.utf8.count))\(digits)"
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default:
        let isShown = scalar.value >= 32 || scalar == "\n" || scalar == "\t"
        out.unicodeScalars.append(isShown ? scalar : "\u{FFFD}")
      }
    }
    return out
  }
}
