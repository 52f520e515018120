// How a program finds its project and its modules.

import NightjarFuseProject
import NightjarFuseSyntax
import NightjarFuseTypes
import Testing

@Suite struct ProjectTests {
  private func project(_ path: String, _ files: [String: String]) -> FuseProject {
    var absolute: [String: String] = [:]
    for (name, text) in files { absolute["/" + name] = text }
    return FuseProject(of: path, system: RootedFiles(files: MemoryModuleFiles(absolute)))
  }

  @Test func aFileAloneIsItsOwnProject() {
    let found = project("/a/a/main.fuse", ["a/a/main.fuse": ""])
    #expect(found.root == "/a/a" && found.manifestText == nil)
    #expect(found.module(of: "/a/a/main.fuse") == "main.fuse")
  }

  @Test func theNearestManifestCounts() {
    let found = project(
      "/a/p/src/app/main.fuse",
      [
        "a/fuse.toml": "name = 'outer'", "a/p/fuse.toml": "name = 'inner'",
        "a/p/src/app/main.fuse": "",
      ]
    )
    #expect(found.manifest.name == "inner" && found.root == "/a/p/src")
    #expect(found.module(of: "/a/p/src/app/main.fuse") == "app/main.fuse")
  }

  @Test func aFileBesideTheSourcesHasTheSettings() {
    let found = project(
      "/p/tools/gen.fuse",
      ["p/fuse.toml": "target = '5.1'", "p/tools/gen.fuse": ""]
    )
    #expect(found.root == "/p/tools" && found.manifest.target == .lua51)
  }

  @Test func modulesAndDependenciesAreFound() {
    let found = project(
      "/p/src/main.fuse",
      [
        "p/fuse.toml": "[dependencies]\nkit = '../kit'",
        "p/src/main.fuse": """
        import { a } from "inner/a"
        import { b } from "package:kit"
        import { c } from "package:kit/deep/c"
        print(a, b, c)
        """,
        "p/src/inner/a.fuse": "export const a = 1",
        "kit/fuse.toml": "source = 'lib'",
        "kit/lib/init.fuse": "import { c } from \"deep/c\"\nexport const b = 2\nprint(c)",
        "kit/lib/deep/c.fuse": "export const c = 3",
      ]
    )
    let program = found.read(["main.fuse"], found.conditions(target: nil))
    let paths = program.modules.map(\.path).filter { !$0.hasPrefix("@fuse:") }
    #expect(
      paths == [
        "main.fuse", "inner/a.fuse", "packages/kit/init.fuse", "packages/kit/deep/c.fuse",
      ]
    )
    #expect(!program.hasErrors)
    #expect(found.files.path(of: "packages/kit/deep/c.fuse") == "/kit/lib/deep/c.fuse")
  }

  @Test(arguments: [
    ("a/./b/../c", "a/c"), ("../a", "../a"), ("/../a", "/a"), ("./", "."), ("/", "/"),
    ("a/../..", ".."),
  ])
  func pathsAreNormal(_ path: String, _ expected: String) {
    #expect(FolderPath.normal(path) == expected)
  }
}

/// Files in memory by absolute paths.
private struct RootedFiles: ModuleFiles {
  let files: MemoryModuleFiles

  func names(in folder: String) -> [String] { files.names(in: folder) }

  func read(_ path: String) -> [UInt8]? { files.read(path) }
}
