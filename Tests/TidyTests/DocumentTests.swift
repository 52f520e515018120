// The documents that must exist, and that what they point at exists too.

import Foundation
import Testing

@Suite struct DocumentTests {
  private static let documents =
    Repository.writtenFiles.filter { $0.hasSuffix(".md") }

  @Test(arguments: ["README.md", "CHANGELOG.md", "docs/architecture.md", ".swift-format"])
  func exists(path: String) {
    #expect(Repository.isFile(path), "\(path) is missing")
  }

  /// The anchors that a document's headings make, as GitHub does.
  private func anchors(_ text: String) -> Set<String> {
    var anchors: Set<String> = []
    for line in text.split(separator: "\n") where line.hasPrefix("#") {
      let title = line.drop { $0 == "#" || $0 == " " }.lowercased()
      let kept = title.filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" }
      anchors.insert(kept.replacingOccurrences(of: " ", with: "-"))
    }
    return anchors
  }

  @Test(arguments: documents)
  func linksResolve(path: String) throws {
    let text = try #require(Repository.text(path))
    let folder = (path as NSString).deletingLastPathComponent
    for match in text.matches(of: /\]\(([^)\s]+)\)/) {
      let link = String(match.output.1)
      guard !link.contains("://"), !link.hasPrefix("mailto:") else { continue }
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let target = parts[0].isEmpty ? path : normalise(folder, String(parts[0]))
      #expect(Repository.exists(target), "\(path): \(link) leads nowhere")
      if parts.count == 2, target.hasSuffix(".md"), let page = Repository.text(target) {
        #expect(anchors(page).contains(String(parts[1])), "\(path): no heading for \(link)")
      }
    }
  }

  /// A link's path from the root: the folder joined with it, `..` taken out.
  private func normalise(_ folder: String, _ link: String) -> String {
    var parts: [Substring] = link.hasPrefix("/") ? [] : folder.split(separator: "/")
    for part in link.split(separator: "/") where part != "." {
      if part == ".." { parts = parts.dropLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  /// Comments that send the reader to a document send them to one that exists.
  @Test func documentsNamedInFilesExist() {
    for path in Repository.writtenFiles where path != "Tests/TidyTests/DocumentTests.swift" {
      guard let text = Repository.text(path) else { continue }
      for match in text.matches(of: /docs\/[A-Za-z0-9_\/.\-]*[A-Za-z0-9_\-]/) {
        let named = String(match.output)
        // A decision may be named by its number alone.
        let isNumbered = named.contains(/^docs\/decisions\/\d{4}$/)
        let exists =
          isNumbered
          ? Repository.files(below: ["docs/decisions"]).contains { $0.hasPrefix(named + "-") }
          : Repository.exists(named)
        #expect(exists, "\(path): \(named) does not exist")
      }
    }
  }

  /// The book's list has all of its pages; a book within the book has a list of its own.
  @Test func theBookListsItsPages() throws {
    for path in Repository.files(below: ["docs/book"], suffixes: [".md"]) {
      let parts = path.split(separator: "/")
      var (folder, page) = (parts.dropLast().joined(separator: "/"), String(parts[parts.count - 1]))
      if folder == "docs/book" && page == "README.md" { continue }
      if page == "README.md" || !Repository.exists(folder + "/README.md") {
        page = parts.dropFirst(2).joined(separator: "/")
        folder = "docs/book"
      }
      let list = try #require(Repository.text(folder + "/README.md"))
      #expect(list.contains("(\(page))"), "\(folder)/README.md does not list \(page)")
    }
  }

  @Test func decisionsAreNumberedWithoutGaps() {
    let numbers = Repository.files(below: ["docs/decisions"], suffixes: [".md"]).compactMap {
      Int(($0 as NSString).lastPathComponent.prefix(4))
    }
    #expect(numbers == Array(1..<(numbers.count + 1)))
  }

  /// Every diagnostic has a page that explains it, and every page a diagnostic.
  @Test func everyDiagnosticCodeHasAPage() {
    var codes: Set<String> = []
    for path in Repository.swiftSources {
      for match in (Repository.text(path) ?? "").matches(
        of: /"(NJ-[A-Z]\d{4}|NJ-A\d{3}|NJ-D\d{2}|F0\d{3})"/
      ) {
        codes.insert(String(match.output.1))
      }
    }
    for code in codes.sorted() {
      #expect(Repository.isFile("docs/errors/\(code).md"), "\(code) has no page in docs/errors")
    }
    for page in Repository.files(below: ["docs/errors"], suffixes: [".md"]) {
      let code = String((page as NSString).lastPathComponent.dropLast(3))
      guard code.hasPrefix("NJ-") else { continue }
      #expect(codes.contains(code), "\(page) explains a code that nothing reports")
    }
  }

  /// `nightjar explain` prints the pages as they are.
  @Test func theCommandHasThePages() {
    let pages = Repository.files(below: ["docs/errors"], suffixes: [".md"])
    let names = pages.map { ($0 as NSString).lastPathComponent }.filter { $0 != "README.md" }
    let text = names.sorted().compactMap { Repository.text("docs/errors/\($0)") }.joined()
    #expect(
      Repository.text("Sources/NightjarExplanations/pages.md") == text,
      "run Tools/collect-explanations"
    )
  }
}
