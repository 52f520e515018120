// The numbers of declarations. The tables of all modules name types, traits, functions and
// implementations by number, so while a program is edited a declaration keeps its number as long as
// its module declares the same: each module takes numbers from pages of its own, always in the same
// order, and what other modules can see takes them first.
//
//   | a a a a | b b b . | c c c c | c . . . | a . . . |      module a has grown beyond its first page
//
// Numbers that nobody has stand for nothing; whoever walks over all must pass over them.

/// The numbers that modules give to what they declare.
struct ItemNumbers: Sendable {
  /// The numbers of one kind of declaration.
  struct Kind: Sendable {
    /// How many numbers a page has.
    private static let pageCount = 16
    /// By module, where its pages begin.
    private var pages: [[Int]] = []
    /// By module, how many numbers it has taken.
    private var taken: [Int] = []
    /// How many numbers there are.
    private(set) var capacity = 0

    /// Lets all modules take their numbers anew.
    mutating func restart() {
      for module in taken.indices { taken[module] = 0 }
    }

    /// The next number of a module.
    mutating func next(_ module: Int32) -> Int {
      let module = Int(module)
      while pages.count <= module {
        pages.append([])
        taken.append(0)
      }
      let (page, place) = taken[module].quotientAndRemainder(dividingBy: Self.pageCount)
      if page == pages[module].count {
        pages[module].append(capacity)
        capacity += Self.pageCount
      }
      taken[module] += 1
      return pages[module][page] + place
    }
  }

  var nominals = Kind()
  var traits = Kind()
  var implementations = Kind()
  var functions = Kind()

  /// Lets all modules take their numbers anew.
  mutating func restart() {
    nominals.restart()
    traits.restart()
    implementations.restart()
    functions.restart()
  }
}
