// A program of Lua that moves to Fuse file by file, and Lua and Fuse as callers of one another.

import Foundation
import FuseTesting
import Testing

@Suite struct PortTests {
  /// The files in the order in which they move.
  private static let files = ["text", "dates", "entries", "rates", "summary", "report", "main"]

  @Test(arguments: 0...files.count)
  func everyStageRuns(stage: Int) throws {
    let lua = Programs.url("Port", "lua")
    let expected = try String(contentsOf: Programs.url("Port", "expected.txt"), encoding: .utf8)
    let moved = Self.files.prefix(stage).map { "\($0).fuse" }
    for engine in Engine.all {
      try withFolder { folder in
        for file in Self.files.dropFirst(stage) {
          try FileManager.default.copyItem(
            at: lua.appending(path: "\(file).lua"),
            to: folder.appending(path: "\(file).lua")
          )
        }
        if stage > 0 {
          let files = DiskFiles(root: Programs.url("Port", "fuse"))
          let compiled = Compiled(Array(moved), in: files, target: engine.target)
          try #require(compiled.diagnostics.isEmpty, "\(compiled.rendered)")
          try compiled.emit(engine.target, to: folder)
        }
        let (output, status) = try engine.run("main.lua", in: folder)
        #expect(status == 0, "stage \(stage) on \(engine.name): \(output.suffix(1000))")
        #expect(output == expected, "stage \(stage) on \(engine.name)")
      }
    }
  }

  @Test func luaRequiresModulesOfFuse() throws {
    let place = Programs.url("Interop", "")
    let expected = try String(contentsOf: place.appending(path: "caller.out"), encoding: .utf8)
    for engine in Engine.all {
      try withFolder { folder in
        let compiled = Compiled(["shapes.fuse"], in: DiskFiles(root: place), target: engine.target)
        try #require(compiled.diagnostics.isEmpty, "\(compiled.rendered)")
        try compiled.emit(engine.target, to: folder)
        try FileManager.default.copyItem(
          at: place.appending(path: "caller.lua"),
          to: folder.appending(path: "caller.lua")
        )
        let (output, status) = try engine.run("caller.lua", in: folder)
        #expect(status == 0 && output == expected, "\(engine.name): \(output.suffix(1000))")
      }
    }
  }

  private static let penlight = "/usr/share/lua/5.1"

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: "\(penlight)/pl/init.lua"),
      "lua-penlight is not installed: run Tools/setup.sh"
    )
  )
  func fuseUsesPenlight() throws {
    let place = Programs.url("Interop", "")
    let expected = try String(contentsOf: place.appending(path: "penlight.out"), encoding: .utf8)
    for engine in Engine.all {
      try withFolder { folder in
        let files = DiskFiles(root: place)
        let compiled = Compiled(["penlight.fuse"], in: files, target: engine.target)
        try #require(compiled.diagnostics.isEmpty, "\(compiled.rendered)")
        try compiled.emit(engine.target, to: folder)
        try FileManager.default.copyItem(
          at: place.appending(path: "weather.lua"),
          to: folder.appending(path: "weather.lua")
        )
        let path = "./?.lua;\(Self.penlight)/?.lua;\(Self.penlight)/?/init.lua"
        let (output, status) = try engine.run("penlight.lua", in: folder, path: path)
        #expect(status == 0 && output == expected, "\(engine.name): \(output.suffix(1000))")
      }
    }
  }
}
