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

  @Test func everyProgramIsInTheStyle() throws {
    let place = Programs.url("", "")
    let all = FileManager.default.enumerator(atPath: place.path)?.compactMap { $0 as? String } ?? []
    let files = all.filter { $0.hasSuffix(".fuse") && !$0.hasPrefix("Samples/") }
    #expect(files.count >= 160)
    for file in files {
      let bytes = Array(try Data(contentsOf: place.appending(path: file)))
      #expect(FuseFormatter.format(FuseSyntax.parse(bytes)) == bytes, "\(file)")
    }
  }
}
