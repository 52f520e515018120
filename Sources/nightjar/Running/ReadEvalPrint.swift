// The interactive prompt: expressions print their values, unfinished input goes on in the next line.

import NightjarBase
import NightjarEngine
import NightjarSystem

/// A conversation with a machine on standard input and output.
struct ReadEvalPrint {
  let session: Session

  init(_ session: Session) { self.session = session }

  func run() -> Int32 {
    let streams = session.capabilities.streams
    while let source = read(streams) {
      evaluate(source)
    }
    try? streams?.output.write(UInt8(ascii: "\n"))
    return session.finish(true)
  }

  private func prompt(_ streams: StandardStreams?, isFirst: Bool) {
    let name = isFirst ? "_PROMPT" : "_PROMPT2"
    let text = session.machine.text(of: session.machine.global(name))
    try? streams?.output.write(text ?? Array((isFirst ? "> " : ">> ").utf8))
    try? streams?.output.flush()
  }

  private func line(_ streams: StandardStreams?) -> [UInt8]? {
    (try? streams?.input.readLine(keepsLineEnd: false)).flatMap { $0 }.map { [UInt8]($0) }
  }

  /// Reads a whole statement or expression; nil at the end of input.
  private func read(_ streams: StandardStreams?) -> [UInt8]? {
    prompt(streams, isFirst: true)
    guard var source = line(streams) else { return nil }
    if source.first == UInt8(ascii: "=") { source = Array("return ".utf8) + source.dropFirst() }
    while true {
      let asExpression = Array("return ".utf8) + source
      if session.machine.load(asExpression, chunkName: Array("=stdin".utf8)) == nil {
        return asExpression
      }
      guard let failure = session.machine.load(source, chunkName: Array("=stdin".utf8)) else {
        return source
      }
      guard failure.message.hasSuffix("<eof>") else { return source }
      prompt(streams, isFirst: false)
      guard let next = line(streams) else { return source }
      source += [UInt8(ascii: "\n")] + next
    }
  }

  private func evaluate(_ source: [UInt8]) {
    let machine = session.machine
    if let failure = machine.load(source, chunkName: Array("=stdin".utf8)) {
      session.report(failure.message)
      return
    }
    Interrupt.arm(machine.interruption)
    defer { Interrupt.disarm() }
    guard session.call(resultsTo: "print") else { return }
    try? session.capabilities.streams?.output.flush()
  }
}

extension [UInt8] {
  /// Whether the bytes end with a text.
  func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}

extension Session {
  /// Calls what was loaded and hands its results to a global function.
  func call(resultsTo name: String) -> Bool {
    machine.fuel = Session.sliceFuel
    var outcome = machine.call(traced: true)
    while case .outOfFuel = outcome { outcome = machine.resume(fuel: Session.sliceFuel) }
    guard case .finished(let count) = outcome else {
      report(machine.errorText)
      return false
    }
    machine.fuel = .max / 4
    if count == 0 { return true }
    machine.callGlobal(name, withResults: count)
    if case .failed = machine.call(traced: true) { report(machine.errorText) }
    return true
  }

  /// How much an interruptible run does before it looks for an interrupt.
  private static var sliceFuel: Int64 { 1_000_000 }
}
