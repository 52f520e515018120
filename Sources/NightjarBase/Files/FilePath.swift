// File names as lists of components, for worlds that look them up themselves. The names a script may
// use are simplified as text, `..` included, before anything is opened: symbolic links are never
// followed, so that text and meaning agree.

/// A name taken apart.
package struct FilePath: Equatable, Sendable {
  /// The components without `.` and `..`.
  package let components: [[UInt8]]
  /// The name began with a slash.
  package let isAbsolute: Bool
  /// More `..` than there were components before them.
  package let leavesRoot: Bool
  /// The name ended with a slash: it can only stand for a directory.
  package let namesDirectory: Bool

  /// The longest name, and the longest component of one, as Linux has them.
  ///
  /// A script's name is taken apart outside of its machine's heap.
  package static let byteCountMax = 4095
  package static let componentByteCountMax = 255

  /// - Throws: `noSuchFile` for an empty name and for one with a zero byte, `nameTooLong`.
  package init(_ path: [UInt8]) throws(SystemError) {
    if path.count > Self.byteCountMax { throw .nameTooLong }
    if path.isEmpty || path.contains(0) { throw .noSuchFile }
    let slash = UInt8(ascii: "/")
    let dot = UInt8(ascii: ".")
    var found: [[UInt8]] = []
    var leaves = false
    for part in path.split(separator: slash) {
      if part.elementsEqual([dot]) { continue }
      if part.elementsEqual([dot, dot]) {
        if found.popLast() == nil { leaves = true }
        continue
      }
      if part.count > Self.componentByteCountMax { throw .nameTooLong }
      found.append(Array(part))
    }
    components = found
    isAbsolute = path.first == slash
    leavesRoot = leaves
    let last = path.split(separator: slash).last
    namesDirectory =
      path.last == slash
      || last.map { $0.elementsEqual([dot]) || $0.elementsEqual([dot, dot]) }
        ?? true
  }

  /// The components joined again.
  package var joined: [UInt8] { Array(components.joined(separator: [UInt8(ascii: "/")])) }
}
