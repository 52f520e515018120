// A table from some nodes of a tree to values. Most tables have values for few nodes, and those lie
// close together (the calls of a function, the closures of a chain), so places are kept in pages of 64
// nodes, and a page is made when the first of its nodes gets a value:
//
//   pages    | 0 | 1 | 0 | 65 | …           by node / 64: where its page begins plus 1, or 0
//   places   | 0 0 3 0 … | 0 1 0 …          by node: where its value is plus 1, or 0
//   values   in the order in which they were found
//
// Looking is reading three elements, and one where a page is missing.

public import NightjarDiagnostics

/// Values for some of the nodes of a tree.
@usableFromInline
package struct NodeTable<Value: Sendable>: Sendable {
  @usableFromInline var pages: [Int32]
  @usableFromInline var places: [Int32] = []
  @usableFromInline var values: [Value] = []

  init(nodeCount: Int) { pages = [Int32](repeating: 0, count: (nodeCount + 63) >> 6) }

  /// The value of a node, if it has one.
  package internal(set) subscript(_ node: NodeID) -> Value? {
    @inlinable get {
      let index = Int(node.rawValue)
      let page = pages[index >> 6]
      if page == 0 { return nil }
      let place = places[Int(page) - 1 + (index & 63)]
      return place == 0 ? nil : values[Int(place) - 1]
    }
    set { set(node, newValue) }
  }

  private mutating func set(_ node: NodeID, _ value: Value?) {
    let index = Int(node.rawValue)
    if pages[index >> 6] == 0 {
      if value == nil { return }
      pages[index >> 6] = Int32(truncatingIfNeeded: places.count + 1)
      places.append(contentsOf: repeatElement(0, count: 64))
    }
    let slot = Int(pages[index >> 6]) - 1 + (index & 63)
    let place = places[slot]
    guard let value else {
      places[slot] = 0
      return
    }
    if place == 0 {
      values.append(value)
      places[slot] = Int32(truncatingIfNeeded: values.count)
    } else {
      values[Int(place) - 1] = value
    }
  }

  /// The nodes with a value, in the order of the tree.
  package var nodes: [NodeID] {
    var found: [NodeID] = []
    for (number, page) in pages.enumerated() where page != 0 {
      for offset in 0..<64 where places[Int(page) - 1 + offset] != 0 {
        found.append(NodeID(Int32(truncatingIfNeeded: number * 64 + offset)))
      }
    }
    return found
  }
}
