// The C interface as other languages use it: a program in C, a script in Python, the header in C++.

import Foundation
import Testing

@Suite struct ForeignTests {
  private static let programs = Stranger.repository.appending(path: "Tests/Foreign")
  private static let header = Stranger.repository.appending(path: "Sources/CNightjarAPI/include")
  private static let python = Run.find("python3")
  private static let compiler = Run.find("clang") ?? Run.find("cc")

  /// A folder with the library that was built along with this test, under the name it is shipped with.
  private func libraryFolder() throws -> Folder {
    let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let library = products.appending(path: "libNightjarC.so")
    try #require(FileManager.default.fileExists(atPath: library.path), "no \(library.path)")
    let folder = try Folder()
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "libnightjar.so"),
      withDestinationURL: library
    )
    return folder
  }

  @Test(.enabled(if: compiler != nil, "there is no C compiler on the path"))
  func worksFromC() throws {
    let compiler = try #require(Self.compiler)
    let folder = try libraryFolder()
    defer { folder.remove() }
    let program = folder.url.appending(path: "embed")
    let compilation = try Run(
      compiler,
      [
        "-std=c11", "-Wall", "-Wextra", "-Werror", "-I", Self.header.path,
        Self.programs.appending(path: "embed.c").path, "-L", folder.url.path, "-lnightjar",
        "-lpthread", "-Wl,-rpath,\(folder.url.path)", "-o", program.path,
      ],
      in: folder.url
    )
    try #require(compilation.status == 0, "\(compilation.summary)")
    let run = try Run(program, in: folder.url)
    #expect(run.status == 0, "\(run.summary)")
    #expect(run.output.hasSuffix(" checks, 0 failures\n"), "\(run.summary)")
  }

  @Test(.enabled(if: compiler != nil, "there is no C compiler on the path"))
  func theBookIsRightAboutC() throws {
    let compiler = try #require(Self.compiler)
    let folder = try libraryFolder()
    defer { folder.remove() }
    let pages = try BookPage.all().filter { $0.c != nil }
    #expect(!pages.isEmpty)
    for page in pages {
      let source = try folder.write(page.c ?? "", to: "\(page.name).c")
      let program = folder.url.appending(path: page.name)
      let compilation = try Run(
        compiler,
        [
          "-std=c11", "-Wall", "-Wextra", "-Werror", "-I", Self.header.path, source.path,
          "-L", folder.url.path, "-lnightjar", "-Wl,-rpath,\(folder.url.path)", "-o", program.path,
        ],
        in: folder.url
      )
      try #require(compilation.status == 0, "\(compilation.summary)")
      let run = try Run(program, in: folder.url)
      #expect(run.output == page.output, "\(page.name): \(run.summary)")
    }
  }

  @Test(.enabled(if: python != nil, "there is no python3 on the path"))
  func worksFromPython() throws {
    let python = try #require(Self.python)
    let folder = try libraryFolder()
    defer { folder.remove() }
    let run = try Run(
      python,
      [
        "-B", Self.programs.appending(path: "embed.py").path,
        folder.url.appending(path: "libnightjar.so").path,
      ],
      in: folder.url
    )
    #expect(run.status == 0 && run.output == "ok\n", "\(run.summary)")
  }

  @Test(.enabled(if: compiler != nil, "there is no C compiler on the path"))
  func headerIsValidInOldCAndInCPlusPlus() throws {
    let compiler = try #require(Self.compiler)
    let folder = try Folder()
    defer { folder.remove() }
    let source = try folder.write("#include <nightjar.h>\n", to: "header.c")
    for options in [["-std=c99", "-x", "c"], ["-std=c++11", "-x", "c++"]] {
      let run = try Run(
        compiler,
        options + ["-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", Self.header.path]
          + [source.path],
        in: folder.url
      )
      #expect(run.status == 0, "\(options): \(run.summary)")
    }
  }
}
