// What the compiler refuses, so that nobody has to remember it: a machine and its values stay with one task.

import Foundation
import Testing

extension StrangerTests {
  @Suite struct NegativeTests {
    /// A program that compiles, and what makes it one that does not.
    struct Sample: CustomTestStringConvertible {
      let name: String
      let code: String
      /// Something that the compiler says.
      let refusal: String?

      var testDescription: String { name }
    }

    private static let samples = [
      // A machine may be made in one place and given away for good.
      Sample(
        name: "Moved",
        code: """
          func run() async throws -> Int {
            let machine = Machine()
            machine["x"] = 1
            return try await Task.detached { try machine.eval("return x", as: Int.self) }.value
          }
          """,
        refusal: nil
      ),
      Sample(
        name: "Actor",
        code: """
          actor Server {
            private let machine = Machine()
            func run(_ code: String) throws -> Int { try machine.eval(code) }
          }
          func share(_ chunk: Chunk, _ killSwitch: KillSwitch, _ error: ScriptError) async {
            await Task.detached { _ = (chunk, killSwitch, error) }.value
          }
          """,
        refusal: nil
      ),
      // A scope lives as long as its closure.
      Sample(
        name: "ScopeInItsClosure",
        code: """
          func run(_ isolate: Isolate) async throws -> PlainValue {
            try await isolate.withScope { scope in try await scope.spawn("f").value }
          }
          """,
        refusal: nil
      ),
      Sample(
        name: "ScopeThatEscapes",
        code: """
          struct Box: ~Copyable {
            var scope: IsolateScope?
          }
          func run(_ isolate: Isolate) async throws {
            var box = Box()
            try await isolate.withScope { scope in
              box.scope = scope
            }
            _ = box.scope?.spawn("late")
          }
          """,
        refusal: "is consuming"
      ),
      Sample(
        name: "UsedAfterwards",
        code: """
          func run() async throws {
            let machine = Machine()
            async let answer: Int = Task.detached { try machine.eval("return 1", as: Int.self) }.value
            machine["x"] = 1
            _ = try await answer
          }
          """,
        refusal: "machine"
      ),
      Sample(
        name: "TwoTasks",
        code: """
          func run() async throws {
            let machine = Machine()
            await withTaskGroup(of: Void.self) { group in
              group.addTask { try? machine.eval("x = 1") }
              group.addTask { try? machine.eval("x = 2") }
            }
          }
          """,
        refusal: "data races"
      ),
      Sample(
        name: "TableAway",
        code: """
          func run() async throws {
            let machine = Machine()
            let table = try machine.makeTable()
            await Task.detached { table["x"] = 1 }.value
            machine["t"] = .table(table)
          }
          """,
        refusal: "data races"
      ),
      Sample(name: "GlobalMachine", code: "let shared = Machine()", refusal: "shared"),
      Sample(
        name: "RequiresSendable",
        code: """
          func needsSendable<T: Sendable>(_ value: T) {}
          func run(_ machine: Machine, _ value: Value, _ function: Function, _ fiber: Fiber) {
            needsSendable(machine)
            needsSendable(value)
            needsSendable(function)
            needsSendable(fiber)
          }
          """,
        refusal: "Fiber"
      ),
    ]

    @Test func machinesStayWithOneTask() throws {
      let folder = try Folder()
      defer { folder.remove() }
      let targets = Self.samples.map { sample in
        """
        .target(
          name: "\(sample.name)", dependencies: [.product(name: "Nightjar", package: "nightjar")]),
        """
      }
      try folder.write(
        Stranger.manifest(targets: targets.joined(separator: "\n")),
        to: "Package.swift"
      )
      for sample in Self.samples {
        try folder.write(
          "import Nightjar\n\n\(sample.code)\n",
          to: "Sources/\(sample.name)/\(sample.name).swift"
        )
      }
      let package = Stranger(folder: folder.url)
      for sample in Self.samples {
        let build = try package.build(["--target", sample.name])
        guard let refusal = sample.refusal else {
          #expect(build.status == 0, "\(sample.name): \(build.summary)")
          continue
        }
        #expect(build.status != 0, "\(sample.name) compiles")
        let errors = build.summary.split(separator: "\n").filter { $0.contains(": error: ") }
        #expect(
          errors.contains { $0.contains(refusal) && $0.contains("\(sample.name).swift") },
          "\(sample.name): \(build.summary)"
        )
      }
    }
  }
}
