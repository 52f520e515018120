// What the compiler knows of names, by their numbers.

/// Something of each name; little is stored beyond the last that has anything.
///
/// Not a dictionary: for its keys the runtime would look through all conformances of the program, and three
/// quarters of a megabyte of them would be resident with every chunk that has a `break`.
struct NameTable<Element> {
  /// What names have that have nothing.
  private let absent: Element
  /// By the number of a name, after the one that stands for `break` and is -1.
  private var elements: [Element] = []

  init(absent: Element) { self.absent = absent }

  subscript(name: StringID) -> Element {
    get {
      let index = Int(name) + 1
      return index < elements.count ? elements[index] : absent
    }
    set { change(name) { $0 = newValue } }
  }

  /// Changes what a name has where it stands.
  mutating func change(_ name: StringID, _ body: (inout Element) -> Void) {
    let index = Int(name) + 1
    while elements.count <= index { elements.append(absent) }
    body(&elements[index])
  }
}
