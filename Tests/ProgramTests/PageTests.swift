// What pages show of the command is what it does. A block marked `console` is a transcript: lines that begin
// with a dollar sign are typed, what stands below is printed. A block marked `lua FILE` or `fuse FILE` is
// a file that is there, whole; one without a name is no program of a page.
//
// Blocks in Swift and C are checked by Tests/EmbeddingTests.

import Foundation
import Testing

/// A page with its fenced blocks.
struct Page: CustomStringConvertible, Sendable {
  /// The marks behind a block's fence and its text.
  struct Block: Sendable {
    let marks: [String]
    let text: String
  }

  let path: String
  let blocks: [Block]

  var description: String { path }

  /// The pages for users.
  static let all: [Page] = [Page("README.md")] + pages(in: "docs/book") + async

  /// The chapters on tasks, whose samples say the same in the real and in the simulated world.
  static let async = pages(in: "docs/book/async")

  private static func pages(in folder: String) -> [Page] {
    let path = Command.root.appending(path: folder).path
    let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    return (names ?? []).filter { $0.hasSuffix(".md") }.sorted().map { Page("\(folder)/\($0)") }
  }

  init(_ path: String) {
    self.path = path
    let file = Command.root.appending(path: path)
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    var blocks: [Block] = []
    var marks: [String]?
    var lines = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !line.hasPrefix("```") {
        lines += line + "\n"
      } else if let known = marks {
        blocks.append(Block(marks: known, text: lines))
        marks = nil
      } else {
        marks = line.dropFirst(3).split(separator: " ").map { String($0) }
        lines = ""
      }
    }
    self.blocks = blocks
  }

  /// Files the page shows, by name.
  var files: [(name: String, text: String)] {
    blocks.filter { ["lua", "fuse"].contains($0.marks.first) && $0.marks.count == 2 }
      .map { ($0.marks[1], $0.text) }
  }

  /// What is typed in transcripts, each with what it prints.
  var dialogue: [(command: String, output: String)] {
    var found: [(command: String, output: String)] = []
    for block in blocks where block.marks == ["console"] {
      for line in block.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        if line.hasPrefix("$ ") {
          found.append((String(line.dropFirst(2)), ""))
        } else if !found.isEmpty {
          found[found.count - 1].output += line + "\n"
        }
      }
    }
    return found
  }
}

@Suite struct PageTests {
  @Test(arguments: Page.all.filter { !$0.dialogue.isEmpty })
  func transcriptsAreTrue(page: Page) throws { try check(page, page.dialogue) }

  /// Samples of the chapters on tasks print the same under simulation, in whatever order tasks run.
  @Test(arguments: Page.async.filter { !$0.dialogue.isEmpty }, 1...5)
  func simulatedTranscriptsAreTrue(page: Page, seed: Int) throws {
    let dialogue = page.dialogue.map { command, output in
      #expect(command.hasPrefix("nightjar run "))
      let simulated = command.replacing("nightjar run ", with: "nightjar run --sim --seed \(seed) ")
      return (command: simulated, output: output)
    }
    try check(page, dialogue)
  }

  /// Types commands in a folder with the page's files, and looks whether they print what they should.
  private func check(_ page: Page, _ dialogue: [(command: String, output: String)]) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let programs = folder.url.appending(path: "programs")
    let work = folder.url.appending(path: "work")
    for new in [programs, work] {
      try FileManager.default.createDirectory(at: new, withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(
      at: programs.appending(path: "nightjar"),
      withDestinationURL: Command.executable
    )
    for (name, text) in page.files {
      try Data(text.utf8).write(to: work.appending(path: name))
    }
    for (command, output) in dialogue {
      let outcome = try Command.invoke(
        ["-c", "{ \(command)\n} 2>&1"],
        executable: URL(filePath: "/bin/sh"),
        directory: work,
        environment: ["PATH": "\(programs.path):/usr/bin:/bin"]
      )
      #expect(outcome.output == output, "\(page): `\(command)` prints\n\(outcome.output)")
    }
  }

  /// Whatever stands between fences is run by a test, here or in Tests/EmbeddingTests.
  @Test(arguments: Page.all) func everyBlockIsTested(page: Page) {
    let known: Set<String> = ["swift", "swift manifest", "output", "c", "console"]
    for block in page.blocks {
      let marks = block.marks.joined(separator: " ")
      let isFile = ["lua", "fuse"].contains(block.marks.first) && block.marks.count == 2
      #expect(known.contains(marks) || isFile, "\(page): nothing runs the block '\(marks)'")
      if isFile {
        let name = block.marks[1].replacing(".lua", with: "")
        let isUsed = page.blocks.contains {
          ($0.marks == ["console"] && $0.text.contains(block.marks[1]))
            || ($0.marks.first == "lua" && $0.text.contains("require \"\(name)\""))
        }
        #expect(isUsed, "\(page): no transcript runs \(block.marks[1])")
      }
    }
  }

  /// The commands of the README's list are those that there are.
  @Test func listedCommandsExist() throws {
    let page = try String(contentsOf: Command.root.appending(path: "README.md"), encoding: .utf8)
    let names = page.matches(of: /\| `nightjar ([a-z]+)/).map { String($0.output.1) }
    #expect(names.count >= 6)
    for name in names {
      let outcome = try Command.invoke([name, "--help"])
      #expect(outcome.status == 0 && outcome.output.hasPrefix("usage: nightjar \(name)"), "\(name)")
    }
  }
}
