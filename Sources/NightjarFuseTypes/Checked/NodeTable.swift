// A table from some nodes of a tree to values: an index for every node and the values in the order in
// which they were found, so that looking is reading two elements.

package import NightjarDiagnostics

/// Values for some of the nodes of a tree.
package struct NodeTable<Value: Sendable>: Sendable {
  /// For each node the place of its value plus 1, or 0.
  private var places: [Int32]
  private var values: [Value] = []

  init(nodeCount: Int) { places = [Int32](repeating: 0, count: nodeCount) }

  /// The value of a node, if it has one.
  package internal(set) subscript(_ node: NodeID) -> Value? {
    get {
      let place = places[Int(node.rawValue)]
      return place == 0 ? nil : values[Int(place) - 1]
    }
    set {
      let place = places[Int(node.rawValue)]
      guard let newValue else {
        places[Int(node.rawValue)] = 0
        return
      }
      if place == 0 {
        values.append(newValue)
        places[Int(node.rawValue)] = Int32(truncatingIfNeeded: values.count)
      } else {
        values[Int(place) - 1] = newValue
      }
    }
  }

  /// The nodes with a value, in the order of the tree.
  package var nodes: [NodeID] {
    places.indices.compactMap { index in
      places[index] == 0 ? nil : NodeID(Int32(truncatingIfNeeded: index))
    }
  }
}
