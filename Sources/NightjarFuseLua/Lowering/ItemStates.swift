// The items of the blocks of a module while its Lua is made: which are defined, and what their bodies
// need (`ModuleLowering+Items`).

internal import NightjarDiagnostics

/// An item of a block: where it stands in the order of definition.
struct ItemState {
  enum Phase { case waiting, inProgress, done }
  var phase = Phase.waiting
  /// The index of its scope.
  var scope: Int
  /// Items that its body needs and that were not defined yet.
  var needs: [NodeID] = []
}

/// The items of a module, by their nodes.
struct ItemStates {
  /// By node the place of its item plus 1, or 0.
  private var places: [Int32]
  private var states: [ItemState] = []

  init(nodeCount: Int) { places = [Int32](repeating: 0, count: nodeCount) }

  private func place(of node: NodeID) -> Int? {
    let place = places[Int(node.rawValue)]
    return place == 0 ? nil : Int(place) - 1
  }

  /// The item that a node is, if it is one.
  subscript(_ node: NodeID) -> ItemState? { place(of: node).map { states[$0] } }

  /// The index of the scope of an item, or -1.
  func scope(of node: NodeID) -> Int { place(of: node).map { states[$0].scope } ?? -1 }

  /// Adds an item that waits to be defined.
  mutating func begin(_ node: NodeID, inScope scope: Int) {
    if let place = place(of: node) {
      states[place] = ItemState(scope: scope)
      return
    }
    states.append(ItemState(scope: scope))
    places[Int(node.rawValue)] = Int32(truncatingIfNeeded: states.count)
  }

  mutating func setPhase(_ phase: ItemState.Phase, of node: NodeID) {
    if let place = place(of: node) { states[place].phase = phase }
  }

  /// Notes that the body of an item needs another one.
  mutating func add(need: NodeID, of node: NodeID) {
    if let place = place(of: node) { states[place].needs.append(need) }
  }

  /// What an item needs, which is forgotten.
  mutating func takeNeeds(of node: NodeID) -> [NodeID] {
    guard let place = place(of: node) else { return [] }
    let needs = states[place].needs
    states[place].needs = []
    return needs
  }
}
