// `nightjar new`: the first files of a project in Fuse.

import NightjarSystem

/// Makes a project.
struct New {
  /// The folder.
  let words: [[UInt8]]

  func run() -> Int32 {
    var reader = WordReader(words, of: "new")
    if let option = reader.nextOption() { return reader.refuseOption(option) }
    guard reader.operands.count == 1 else { return reader.refuse("'new' needs one FOLDER") }
    var folder = reader.operands[0]
    while folder.count > 1, folder.last == UInt8(ascii: "/") { folder.removeLast() }
    let shown = Console.shown(folder)
    if let names = FolderListing.names(in: folder), !names.isEmpty {
      Console.error("nightjar: the folder \(shown) is not empty")
      return 1
    }
    let name = shown.split(separator: "/").last.map(String.init) ?? shown
    for (path, text) in Self.files(name: name) {
      let place = folder + Array("/\(path)".utf8)
      guard FolderListing.make(Invocation.directory(of: place)),
        Output.write(Array(text.utf8), to: place)
      else {
        return 1
      }
    }
    return Console.print("made \(shown); try 'nightjar run \(shown)/src/main.fuse'") ? 0 : 1
  }

  /// The files of a new project.
  private static func files(name: String) -> [(path: String, text: String)] {
    let quoted = name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    return [
      (
        "fuse.toml",
        """
        name = "\(quoted)"
        version = "0.1.0"
        source = "src"
        target = "lua5.4"

        """
      ),
      (
        "src/main.fuse",
        """
        import { greeting } from "./greeting"

        print(greeting("world"))

        """
      ),
      (
        "src/greeting.fuse",
        """
        --- What to say to somebody.
        export fn greeting(name: string) -> string => "Hello, ${name}!"

        #[test]
        fn greets_by_name()
          assert_eq(greeting("Ada"), "Hello, Ada!")
        end

        """
      ),
    ]
  }
}
