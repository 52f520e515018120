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

  /// Whether programs can be built that watch their memory.
  private static let canWatchMemory: Bool = {
    guard let compiler, let folder = try? Folder() else { return false }
    defer { folder.remove() }
    guard let source = try? folder.write("int main(void) { return 0; }", to: "main.c") else {
      return false
    }
    let program = folder.url.appending(path: "main")
    let build = try? Run(
      compiler,
      ["-fsanitize=address", source.path, "-o", program.path],
      in: folder.url
    )
    return build?.status == 0 && (try? Run(program, in: folder.url))?.status == 0
  }()

  /// Compiles a program against the library.
  private func compile(_ source: URL, _ options: [String] = [], in folder: Folder) throws -> URL {
    let compiler = try #require(Self.compiler)
    let program = folder.url.appending(path: "program")
    let compilation = try Run(
      compiler,
      options + [
        "-std=c11", "-Wall", "-Wextra", "-Werror", "-I", Self.header.path, source.path,
        "-L", folder.url.path, "-lnightjar", "-lpthread", "-Wl,-rpath,\(folder.url.path)",
        "-o", program.path,
      ],
      in: folder.url
    )
    try #require(compilation.status == 0, "\(compilation.summary)")
    return program
  }

  @Test(.enabled(if: compiler != nil, "there is no C compiler on the path"))
  func worksFromC() throws {
    let folder = try libraryFolder()
    defer { folder.remove() }
    let program = try compile(Self.programs.appending(path: "embed.c"), in: folder)
    let run = try Run(program, in: folder.url)
    #expect(run.status == 0, "\(run.summary)")
    #expect(run.output.hasSuffix(" checks, 0 failures\n"), "\(run.summary)")
  }

  /// The same program, which releases what it gets, under the sanitizer that tells of leaks.
  @Test(.enabled(if: canWatchMemory, "the C compiler has no address sanitizer"))
  func leaksNothing() throws {
    let folder = try libraryFolder()
    defer { folder.remove() }
    let source = Self.programs.appending(path: "embed.c")
    let program = try compile(source, ["-fsanitize=address", "-g"], in: folder)
    let run = try Run(program, in: folder.url, environment: ["ASAN_OPTIONS": "detect_leaks=1"])
    #expect(run.status == 0, "\(run.summary)")
    #expect(!run.errors.contains("Sanitizer"), "\(run.summary)")
  }

  @Test(.enabled(if: compiler != nil, "there is no C compiler on the path"))
  func theBookIsRightAboutC() throws {
    let pages = try BookPage.all().filter { $0.c != nil }
    #expect(!pages.isEmpty)
    for page in pages {
      let folder = try libraryFolder()
      defer { folder.remove() }
      let source = try folder.write(page.c ?? "", to: "\(page.name).c")
      let run = try Run(compile(source, in: folder), in: folder.url)
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
