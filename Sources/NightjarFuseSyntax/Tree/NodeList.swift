// Lists of the tree, read without copying them.

public import NightjarDiagnostics

/// A list of the tree: where its items stand in `FuseTree.extra`.
@frozen
@usableFromInline
package struct NodeList: Sendable {
  /// The place of the first item in `extra`.
  @usableFromInline package let start: Int
  /// The number of items.
  @usableFromInline package let count: Int

  /// Makes a list of `count` items from `start` on.
  @inlinable
  package init(start: Int, count: Int) {
    self.start = start
    self.count = count
  }

  /// Whether there is nothing in it.
  @inlinable
  package var isEmpty: Bool { count == 0 }
  /// 0 up to `count`.
  @inlinable
  package var indices: Range<Int> { 0..<count }
}

/// The nodes of a list, to walk over.
@frozen
@usableFromInline
package struct NodeItems: RandomAccessCollection, Sendable {
  @usableFromInline let extra: [Int32]
  @usableFromInline let start: Int
  /// 0.
  @usableFromInline package let startIndex = 0
  /// The number of nodes.
  @usableFromInline package let endIndex: Int

  @inlinable
  init(extra: [Int32], list: NodeList) {
    self.extra = extra
    start = list.start
    endIndex = list.count
  }

  /// The node at a place of the list.
  @inlinable
  @inline(__always)
  package subscript(_ i: Int) -> NodeID { NodeID(extra[start + i]) }

  /// Starts a walk.
  ///
  /// It has a type of its own, as the usual one costs a call through a table for each node when the
  /// walk is in another module.
  @inlinable
  package func makeIterator() -> Iterator { Iterator(items: self) }

  /// A walk over the nodes of a list.
  @frozen
  @usableFromInline
  package struct Iterator: IteratorProtocol, Sendable {
    @usableFromInline let items: NodeItems
    @usableFromInline var place = 0

    @inlinable
    init(items: NodeItems) { self.items = items }

    /// The next node.
    @inlinable
    @inline(__always)
    package mutating func next() -> NodeID? {
      if place == items.endIndex { return nil }
      place += 1
      return items[place - 1]
    }
  }
}

extension FuseTree {
  /// Reads the list at a place of `extra`: a count and its items.
  @inlinable
  @inline(__always)
  package func list(_ place: Int32) -> NodeList {
    NodeList(start: Int(place) + 1, count: Int(extra[Int(place)]))
  }

  /// Item `i` of a list.
  @inlinable
  @inline(__always)
  package func node(_ list: NodeList, _ i: Int) -> NodeID { NodeID(extra[list.start + i]) }

  /// The items of a list.
  @inlinable
  package func nodes(_ list: NodeList) -> NodeItems { NodeItems(extra: extra, list: list) }

  /// Field `i` of a record as a node.
  @inlinable
  func node(_ record: Int32, field i: Int) -> NodeID { NodeID(extra[Int(record) + i]) }

  /// Field `i` of a record as a token.
  @inlinable
  func token(_ record: Int32, field i: Int) -> TokenID { TokenID(extra[Int(record) + i]) }

  /// Field `i` of a record as a list.
  @inlinable
  func list(_ record: Int32, field i: Int) -> NodeList { list(extra[Int(record) + i]) }
}
