// Somebody else at the other end of a connection, who behaves as badly as a test wants: the same steps on real
// sockets, by a thread for each connection, and on a host of a simulated world.

import Foundation
import NightjarBase
import NightjarSimulation
import Synchronization
import Testing

/// What a peer does with a connection, one after another; behind the last step it closes.
enum Step: Sendable {
  /// Reads at least so many bytes.
  case read(Int)
  /// Reads up to an empty line, as the head of a request ends with.
  case readHead
  case readToEnd
  case write(String)
  /// Writes a byte at a time, so many milliseconds apart.
  case dribble(String, milliseconds: Int)
  case pause(milliseconds: Int)
  /// Says that no more comes, and goes on reading.
  case halfClose
  /// Ends the connection at once, whatever is under way: the other side sees a reset.
  case abort
  /// Does nothing until the other side closes or the test ends.
  case hang
  /// Does not even read until then.
  case stall
  /// Sends everything back until the other side has no more.
  case echo
  /// The whole server dies, with all its connections and its port.
  case die
  /// Reads a line with a port of the other side, visits it with each list of steps at the same time, and goes
  /// on when all have ended.
  case visit([[Step]])
}

/// A server that a program meets.
protocol Peer: AnyObject {
  var host: String { get }
  var port: UInt16 { get }
  /// How many connections have come.
  var connectionCount: Int { get }
  /// Ends everything that the peer still does.
  func end()
}

extension Stage {
  /// A peer of the stage's world: the first connection meets the first list of steps, and those behind
  /// the last list meet that one again.
  func peer(_ steps: [Step]...) throws -> any Peer {
    if let world { return try SimulatedPeer(in: world, steps) }
    return try SocketPeer(steps)
  }

  /// What programs call the peer.
  func names(of peer: any Peer) -> String {
    // In a simulated world the peer is on another host, for which listeners are open here.
    "local HERE = \"\(world == nil ? "127.0.0.1" : "0.0.0.0")\"\n"
      + "local HOST, PORT = \"\(peer.host)\", \(peer.port)\n"
      + "local URL = \"http://\" .. HOST .. \":\" .. PORT .. \"/\"\n"
  }
}

/// A peer on a host of a simulated world.
///
/// INVARIANT: everything happens inside the world's `advance`, in one thread.
final class SimulatedPeer: Peer, OperationSink, @unchecked Sendable {
  let host = "peer"
  let port: UInt16 = 7
  private(set) var connectionCount = 0
  private let behaviours: [[Step]]
  /// Until its end: the world has the peer as a sink.
  private var world: SimulatedWorld?
  private var operations: (any Operations)?
  private var waiting: [OperationID: (OperationOutcome) -> Void] = [:]
  private var isListening = false

  init(in world: SimulatedWorld, _ behaviours: [[Step]]) throws {
    self.behaviours = behaviours
    self.world = world
    operations = world.source(on: host).makeOperations(resourceCountMax: 1_000, sink: self)
    listen()
    while !isListening, world.step() {}
  }

  private func listen() {
    start(.listen(Endpoint(host: "0.0.0.0", port: port), backlog: 128)) { [self] outcome in
      // On a bad day even this fails at times.
      guard case .opened(let listener, _, _) = outcome else { return listen() }
      isListening = true
      accept(listener)
    }
  }

  func deliver(_ completions: [Completion]) {
    for completion in completions {
      waiting.removeValue(forKey: completion.id)?(completion.outcome)
    }
  }

  func end() {
    operations?.end()
    operations = nil
    world = nil
    waiting = [:]
  }

  private func start(_ request: OperationRequest, then body: @escaping (OperationOutcome) -> Void) {
    if let id = try? operations?.start(request) { waiting[id] = body }
  }

  private func accept(_ listener: ResourceID) {
    start(.accept(listener)) { [self] outcome in
      if case .opened(let connection, _, let other) = outcome {
        let steps = behaviours[min(connectionCount, behaviours.count - 1)]
        connectionCount += 1
        perform(steps[...], Visit(connection: connection, other: other?.host ?? host), [])
      }
      if case .cancelled = outcome { return }
      accept(listener)
    }
  }

  /// A connection and who is at its other end.
  private struct Visit {
    let connection: ResourceID
    let other: String
    var whenDone: () -> Void = {}
  }

  private func perform(_ steps: ArraySlice<Step>, _ visit: Visit, _ seen: [UInt8]) {
    let connection = visit.connection
    func finish() {
      operations?.close(connection)
      visit.whenDone()
    }
    guard let step = steps.first else { return finish() }
    let rest = steps.dropFirst()
    func goOn(_ seen: [UInt8] = []) { perform(rest, visit, seen) }
    /// Reads on; `isEnough` says when the step is done.
    func read(_ seen: [UInt8], until isEnough: @escaping ([UInt8]) -> Bool) {
      if isEnough(seen) { return goOn(seen) }
      start(.read(connection, byteCountMax: 4_096)) { outcome in
        guard case .bytes(let bytes) = outcome, !bytes.isEmpty else { return goOn(seen) }
        read(seen + bytes, until: isEnough)
      }
    }
    func write(_ bytes: [UInt8], from index: Int, then body: @escaping () -> Void) {
      if index >= bytes.count { return body() }
      start(.write(connection, bytes, from: index)) { outcome in
        guard case .written(let count) = outcome else { return finish() }
        write(bytes, from: index + count, then: body)
      }
    }
    func pause(_ milliseconds: Int, then body: @escaping () -> Void) {
      guard let world else { return }
      let end = world.monotonicNanoseconds + UInt64(milliseconds) * 1_000_000
      start(.sleep(until: end)) { _ in body() }
    }
    switch step {
    case .read(let count): read(seen) { $0.count >= count }
    case .readHead: read(seen) { $0.suffix(4) == Array("\r\n\r\n".utf8)[...] }
    case .readToEnd, .hang: read(seen) { _ in false }
    case .write(let text): write(Array(text.utf8), from: 0) { goOn(seen) }
    case .dribble(let text, let milliseconds):
      guard let first = text.utf8.first else { return goOn(seen) }
      let left = String(decoding: text.utf8.dropFirst(), as: UTF8.self)
      let more = Step.dribble(left, milliseconds: milliseconds)
      write([first], from: 0) {
        pause(milliseconds) { self.perform([more] + rest, visit, seen) }
      }
    case .stall: start(.sleep(until: .max)) { _ in goOn(seen) }
    case .pause(let milliseconds): pause(milliseconds) { goOn(seen) }
    case .halfClose: start(.shutDown(connection)) { _ in goOn(seen) }
    case .abort:
      if let operations { world?.reset(connection, of: operations) }
      visit.whenDone()
    case .echo:
      start(.read(connection, byteCountMax: 4_096)) { [self] outcome in
        guard case .bytes(let bytes) = outcome, !bytes.isEmpty else { return goOn() }
        write(bytes, from: 0) { self.perform(steps, visit, seen) }
      }
    case .die: world?.kill(host)
    case .visit(let all):
      read(seen) { [self] seen in
        guard seen.last == 0x0A else { return false }
        let port = UInt16(String(decoding: seen.dropLast(), as: UTF8.self)) ?? 0
        var count = all.count
        for steps in all {
          start(.connect(Endpoint(host: visit.other, port: port), isEncrypted: false)) { outcome in
            func end() {
              count -= 1
              if count == 0 { goOn() }
            }
            guard case .opened(let connection, _, _) = outcome else { return end() }
            self.perform(
              steps[...],
              Visit(connection: connection, other: visit.other, whenDone: end),
              []
            )
          }
        }
        return false
      }
    }
  }
}
