// A bad line on real loopback, where no packet is ever lost: a proxy between clients and a server which delays,
// tears apart, swallows, ends or resets what goes through it, by a seed. Lost packets are nothing else to those at
// both ends: what is sent again comes late and in pieces, and what is never sent again never comes.

import Foundation
import NightjarBase
import Synchronization

/// A proxy on this machine, which treats each connection by its number and a seed.
final class LossyProxy: Sendable {
  /// What happens to a connection; most happens once so many bytes have passed in either direction.
  enum Fate: Sendable {
    case isWell
    /// Everything comes late and in small pieces.
    case comesLate
    /// Whatever comes is taken and goes nowhere, and nobody is told.
    case vanishes(after: Int)
    /// Both sides see an end.
    case ends(after: Int)
    /// Both sides see a reset.
    case isReset(after: Int)
    /// The answer ends early; questions still go through.
    case halfEnds(after: Int)
  }

  /// The two ends of a line, closed when neither direction uses them any more.
  ///
  /// INVARIANT: descriptors of lines in the list are open.
  private struct Line {
    let number: Int
    let near: Int32
    let far: Int32
    var directionCount = 2
  }

  private struct State {
    var lines: [Line] = []
    var connectionCount = 0
    var target: UInt16 = 0
    var isOver = false
    var isListening = true
  }

  let port: UInt16
  private let listener: Int32
  private let seed: UInt64
  private let state = Mutex(State())

  /// Listens at a port that nobody has.
  init(seed: UInt64) throws {
    self.seed = seed
    (listener, port) = try makeListener()
    Thread.detachNewThread { [self] in acceptAll() }
  }

  /// What becomes of a connection.
  private func fate(of number: Int) -> Fate {
    var random = Xoshiro256(~seed, UInt64(number))
    let count = Int(random.nextInteger(from: 0, through: 3_000))
    return switch random.nextInteger(from: 0, through: 9) {
    case 0...2: .isWell
    case 3, 4: .comesLate
    case 5, 6: .vanishes(after: count)
    case 7: .ends(after: count)
    case 8: .isReset(after: count)
    default: .halfEnds(after: count)
    }
  }

  /// The first connection brings a line with the port of the server, and is closed; the others go there.
  private func acceptAll() {
    while true {
      let near = accept(listener, nil, nil)
      if near < 0 {
        state.withLock { $0.isListening = false }
        close(listener)
        return
      }
      let (number, target) = state.withLock { state in
        state.connectionCount += 1
        return (state.connectionCount - 1, state.target)
      }
      if target == 0 {
        learn(from: near)
        continue
      }
      let far = makeSocket()
      var address = loopback(target)
      let isThere = withAddress(&address) { connect(far, $0, $1) } == 0
      let isTaken = state.withLock { state in
        if state.isOver || !isThere { return false }
        state.lines.append(Line(number: number, near: near, far: far))
        return true
      }
      guard isTaken else {
        close(near)
        close(far)
        continue
      }
      let fate = fate(of: number)
      for (source, sink) in [(near, far), (far, near)] {
        Thread.detachNewThread { [self] in
          carry(from: source, to: sink, fate, isAnswer: source == far, number)
          leave(number)
        }
      }
    }
  }

  private func learn(from connection: Int32) {
    var line: [UInt8] = []
    while line.last != 0x0A, let more = received(from: connection, atMost: 16) { line += more }
    let port = UInt16(String(decoding: line.dropLast(), as: UTF8.self)) ?? 0
    state.withLock { $0.target = port }
    close(connection)
  }

  /// Carries one direction of a connection to its end.
  private func carry(
    from source: Int32,
    to sink: Int32,
    _ fate: Fate,
    isAnswer: Bool,
    _ number: Int
  ) {
    var random = Xoshiro256(seed, UInt64(number) * 2 + (isAnswer ? 1 : 0))
    var count = 0
    var most: Int {
      if case .comesLate = fate { return Int(random.nextInteger(from: 1, through: 400)) }
      return 1_000
    }
    while let bytes = received(from: source, atMost: most) {
      count += bytes.count
      switch fate {
      case .isWell: break
      case .comesLate:
        Thread.sleep(forTimeInterval: Double(random.nextInteger(from: 0, through: 10)) / 1000)
      case .vanishes(let after): if count > after { continue }
      case .ends(let after): if count > after { return endBoth(source, sink) }
      case .isReset(let after):
        if count > after {
          endsWithReset(source)
          endsWithReset(sink)
          return endBoth(source, sink)
        }
      case .halfEnds(let after):
        if isAnswer, count > after {
          shutdown(sink, Int32(SHUT_WR))
          continue
        }
      }
      if !sent(bytes, to: sink) { return endBoth(source, sink) }
    }
    // An end is passed on, unless it is lost as well.
    if case .vanishes(let after) = fate, count > after { return }
    shutdown(sink, Int32(SHUT_WR))
  }

  private func endBoth(_ one: Int32, _ other: Int32) {
    shutdown(one, Int32(SHUT_RDWR))
    shutdown(other, Int32(SHUT_RDWR))
  }

  /// A direction has ended; with the second one the line is closed.
  private func leave(_ number: Int) {
    let line = state.withLock { state -> Line? in
      guard let index = state.lines.firstIndex(where: { $0.number == number }) else { return nil }
      state.lines[index].directionCount -= 1
      return state.lines[index].directionCount == 0 ? state.lines.remove(at: index) : nil
    }
    if let line {
      close(line.near)
      close(line.far)
    }
  }

  /// Ends everything; whoever waits for a descriptor wakes up and closes it.
  func end() {
    state.withLock { state in
      state.isOver = true
      if state.isListening { shutdown(listener, Int32(SHUT_RDWR)) }
      for line in state.lines { endBoth(line.near, line.far) }
    }
  }

  /// Whether nothing is open any more.
  var isClosed: Bool { state.withLock { !$0.isListening && $0.lines.isEmpty } }
}
