// The code of the book does what the book says.

import Foundation
import Testing

extension StrangerTests {
  @Suite struct BookTests {
    @Test func programsOfTheBookPrintWhatItSays() throws {
      let pages = try BookPage.all().filter { $0.swift != nil }
      #expect(pages.count >= 7)
      let targets = pages.map { page in
        """
        .executableTarget(
          name: "\(page.target)", dependencies: [.product(name: "Nightjar", package: "nightjar")]),
        """
      }
      let folder = try Folder()
      defer { folder.remove() }
      try folder.write(
        Stranger.manifest(targets: targets.joined(separator: "\n")),
        to: "Package.swift"
      )
      for page in pages {
        try folder.write(page.swift ?? "", to: "Sources/\(page.target)/main.swift")
      }
      let package = Stranger(folder: folder.url)
      let build = try package.build()
      try #require(build.status == 0, "\(build.summary)")
      for page in pages {
        let run = try package.run(page.target)
        #expect(run.status == 0, "\(page.name): \(run.summary)")
        #expect(run.output == page.output, "\(page.name).md prints something else:\n\(run.output)")
      }
    }

    @Test func manifestsOfTheBookAreValid() throws {
      let swift = try #require(Run.find("swift"))
      let manifests = try BookPage.all().flatMap(\.manifests)
      #expect(manifests.count >= 2)
      for manifest in manifests {
        let folder = try Folder()
        defer { folder.remove() }
        let text = manifest.replacingOccurrences(
          of: "../nightjar",
          with: Stranger.repository.path
        )
        try folder.write(text, to: "Package.swift")
        let run = try Run(swift, ["package", "dump-package"], in: folder.url)
        #expect(run.status == 0, "\(run.summary)")
      }
    }
  }
}
