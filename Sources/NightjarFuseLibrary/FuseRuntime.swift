// The support library fuse.rt: pieces of Lua, of which a program is given those that it uses, in the
// form for its target.
//
// The files rt_*.lua hold the pieces. A piece begins with `-- part: name` and gives fields to `__rt`;
// which pieces it needs can be read from the fields it uses. Lines `--#if a b`, `--#elseif a`,
// `--#else`, `--#end` choose by the target's name or by what it can do.
//
// SOURCE: Fuse reference, section 10.3.

package import NightjarFuseSyntax

/// A piece of the support library.
package struct FuseRuntimePart: Sendable, Equatable {
  /// Its name: the first field of `__rt` it gives.
  package var name: String
  /// Lua statements.
  package var text: String
  /// The types of the prelude that it reaches as `__rt.lib.prelude.Name`.
  package var preludeTypes: [String]
}

/// The support library.
package enum FuseRuntime {
  /// The pieces that give some fields of `__rt`, and those that these need, each after what it needs.
  ///
  /// A name that no piece gives is left out.
  package static func parts(_ names: some Sequence<String>, target: FuseTarget)
    -> [FuseRuntimePart]
  {
    let source = source(target)
    var found: [FuseRuntimePart] = []
    var visited: Set<Int> = []
    for name in Set(names).sorted() { source.add(name, to: &found, &visited) }
    return found
  }

  /// The fields of `__rt` that pieces give.
  package static func fields(target: FuseTarget) -> [String] {
    source(target).owners.keys.sorted()
  }

  private static let lua51 = RuntimeSource(target: .lua51)
  private static let lua52 = RuntimeSource(target: .lua52)
  private static let lua53 = RuntimeSource(target: .lua53)
  private static let lua54 = RuntimeSource(target: .lua54)
  private static let luajit = RuntimeSource(target: .luajit)
  private static let luau = RuntimeSource(target: .luau)

  private static func source(_ target: FuseTarget) -> RuntimeSource {
    switch target {
    case .lua51: lua51
    case .lua52: lua52
    case .lua53: lua53
    case .lua54: lua54
    case .luajit: luajit
    case .luau: luau
    }
  }
}

/// The pieces in the form for one target.
private struct RuntimeSource: Sendable {
  var parts: [FuseRuntimePart] = []
  /// The fields that a piece uses.
  var uses: [[String]] = []
  /// The piece that gives a field.
  var owners: [String: Int] = [:]

  init(target: FuseTarget) {
    for bytes in [
      PackageResources.rt_core_lua, PackageResources.rt_bits_lua,
      PackageResources.rt_dictionaries_lua, PackageResources.rt_text_lua,
      PackageResources.rt_pack_lua, PackageResources.rt_system_lua,
    ] {
      read(bytes, target)
    }
  }

  /// Reads the pieces of a file.
  private mutating func read(_ bytes: [UInt8], _ target: FuseTarget) {
    let mark = Array("-- part: ".utf8)
    var conditions = RuntimeConditions(target: target)
    var name = ""
    var text: [UInt8] = []
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    where conditions.keeps(line) {
      if line.starts(with: mark) {
        finish(name, text)
        name = String(decoding: line.dropFirst(mark.count), as: UTF8.self)
        text = []
      } else if !name.isEmpty {
        text += line
        text.append(UInt8(ascii: "\n"))
      }
    }
    finish(name, text)
  }

  /// Finds out what a piece gives and uses.
  private mutating func finish(_ name: String, _ bytes: [UInt8]) {
    if name.isEmpty { return }
    var text = bytes[...]
    while text.suffix(2).elementsEqual("\n\n".utf8) { text.removeLast() }
    let index = parts.count
    owners[name] = index
    let mark = Array("__rt.".utf8)
    let function = Array("function ".utf8)
    var types: [String] = []
    var used: [String] = []
    var at = text.startIndex
    while at + mark.count < text.endIndex {
      guard text[at] == mark[0], text[at...].starts(with: mark) else {
        at += 1
        continue
      }
      let start = at
      at += mark.count
      let path = Self.path(in: text, at)
      at += path.utf8.count
      let parent = path.prefix { $0 != "." }
      let isDefined =
        text[at...].starts(with: " = ".utf8)
        || start >= function.count
          && text[(start - function.count)..<start].elementsEqual(function)
      if path.hasPrefix("lib.prelude.") {
        let type = String(path.dropFirst("lib.prelude.".count))
        if !types.contains(type) { types.append(type) }
      } else if isDefined && parent == path {
        owners[path] = index
      } else {
        used.append(String(parent))
      }
    }
    uses.append(used)
    parts.append(
      FuseRuntimePart(name: name, text: String(decoding: text, as: UTF8.self), preludeTypes: types)
    )
  }

  /// The names and dots at a place.
  private static func path(in text: ArraySlice<UInt8>, _ at: Int) -> String {
    let bytes = text[at...].prefix { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
        true
      default: false
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds the piece that gives a field, after what it needs.
  func add(_ field: String, to found: inout [FuseRuntimePart], _ visited: inout Set<Int>) {
    guard let index = owners[field], visited.insert(index).inserted else { return }
    for name in uses[index] { add(name, to: &found, &visited) }
    found.append(parts[index])
  }
}

/// Which lines are for a target.
private struct RuntimeConditions {
  let target: FuseTarget
  /// For each open `--#if`: whether its branch is taken, and whether one was.
  private var open: [(isTaken: Bool, wasTaken: Bool)] = []

  init(target: FuseTarget) { self.target = target }

  /// Whether a line is a part of the text.
  mutating func keeps(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.starts(with: "--#".utf8) else { return open.allSatisfy(\.isTaken) }
    let words = String(decoding: line.dropFirst("--#".count), as: UTF8.self).split(separator: " ")
    switch words.first {
    case "if":
      let isTaken = holds(words.dropFirst())
      open.append((isTaken, isTaken))
    case "elseif":
      if let last = open.popLast() {
        let isTaken = !last.wasTaken && holds(words.dropFirst())
        open.append((isTaken, isTaken || last.wasTaken))
      }
    case "else":
      if let last = open.popLast() { open.append((!last.wasTaken, true)) }
    default: _ = open.popLast()
    }
    return false
  }

  /// Whether one of some names is the target's or something it can do.
  private func holds(_ names: some Sequence<Substring>) -> Bool {
    names.contains { $0 == target.rawValue || target.has(String($0)) == true }
  }
}
