// The programs of Tests/Fuse/Programs print what stands beside them, on every Lua there is.

import Foundation
import FuseTesting
import NightjarFuseFormat
import NightjarFuseSyntax
import Testing

@Suite struct CorpusTests {
  @Test func thereAreEnoughPrograms() throws {
    #expect(CorpusProgram.all.count >= 150)
    let long = try CorpusProgram.all.filter { program in
      let url = program.folder.appending(path: program.root)
      return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").count > 150
    }
    #expect(long.count >= 20)
    #expect(!Engine.all.isEmpty, "no interpreter of Lua is installed: run Tools/setup.sh")
  }

  @Test(arguments: CorpusProgram.all)
  func printsTheSameEverywhere(program: CorpusProgram) throws {
    let expected = try String(contentsOf: program.output, encoding: .utf8)
    let files = DiskFiles(root: program.folder)
    for engine in Engine.all {
      try withFolder { folder in
        let compiled = Compiled([program.root], in: files, target: engine.target)
        try #require(compiled.diagnostics.isEmpty, "\(program.name)\n\(compiled.rendered)")
        try compiled.emit(engine.target, to: folder)
        for file in files.names(in: "") where file.hasSuffix(".lua") {
          try FileManager.default.copyItem(
            at: program.folder.appending(path: file),
            to: folder.appending(path: file)
          )
        }
        let file = program.root.replacing(".fuse", with: ".lua")
        let (output, status) = try engine.run(file, in: folder)
        #expect(status == 0, "\(program.name) on \(engine.name): \(output.suffix(1000))")
        #expect(output == expected, "\(program.name) on \(engine.name)")
      }
    }
  }

  @Test(
    .enabled(if: Engine.direct != nil, "the command is not built: swift build"),
    arguments: CorpusProgram.all
  )
  func printsTheSameWithoutLua(program: CorpusProgram) throws {
    let expected = try String(contentsOf: program.output, encoding: .utf8)
    let engine = try #require(Engine.direct)
    let (output, status) = try engine.run(program.root, in: program.folder)
    #expect(status == 0 && output == expected, "\(program.name): \(output.suffix(1000))")
  }

  /// No interpreter of Luau is asked.
  ///
  /// Its grammar is that of 5.1 with `continue` and `//`, and without `goto`: what else is in the texts
  /// that are emitted is read by 5.1.
  @Test(arguments: CorpusProgram.all)
  func isEmittedForLuau(program: CorpusProgram) throws {
    try withFolder { folder in
      let files = DiskFiles(root: program.folder)
      let compiled = Compiled([program.root], in: files, target: .luau)
      try #require(compiled.diagnostics.isEmpty, "\(program.name)\n\(compiled.rendered)")
      try compiled.emit(.luau, to: folder)
      let file = folder.appending(path: program.root.replacing(".fuse", with: ".lua"))
      // Strings of a program may hold any bytes.
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      #expect(!text.isEmpty && !text.contains("goto "), "\(program.name)")
      let reader = try #require(Engine.all.first { $0.target == .lua51 })
      let emitted =
        FileManager.default.enumerator(atPath: folder.path)?
        .compactMap { $0 as? String }.filter { $0.hasSuffix(".lua") } ?? []
      #expect(!emitted.isEmpty, "\(program.name)")
      let names = emitted.map { "[==[\($0)]==]" }.joined(separator: ", ")
      let script = """
        for _, name in ipairs({ \(names) }) do
          local file = assert(io.open(name, "rb"))
          local text = ("\\n" .. file:read("*a")):gsub("\\n(%s*)continue\\n", "\\n%1break\\n")
          assert(loadstring(text:gsub("//", "/"), "=" .. name))
        end
        """
      try Data(script.utf8).write(to: folder.appending(path: "read-all.lua"))
      let (output, status) = try reader.run("read-all.lua", in: folder)
      #expect(status == 0, "\(program.name): \(output.suffix(1000))")
    }
  }

  @Test(arguments: ["Tests/Fuse", "Benchmarks/fuse"])
  func everyProgramIsInTheStyle(folder: String) throws {
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let place = package.appending(path: folder)
    let all = FileManager.default.enumerator(atPath: place.path)?.compactMap { $0 as? String } ?? []
    let files = all.filter { $0.hasSuffix(".fuse") && !$0.hasPrefix("Samples/") }
    #expect(files.count >= 10)
    for file in files {
      let bytes = Array(try Data(contentsOf: place.appending(path: file)))
      #expect(FuseFormatter.format(FuseSyntax.parse(bytes)) == bytes, "\(file)")
    }
  }
}
