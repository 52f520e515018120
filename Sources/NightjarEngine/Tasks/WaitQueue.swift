// Queues of those that wait for an object: rings of nodes, first come first served. A node stands in its
// task, or in the task's selection when it waits for several things at once, and leaves its queue in
// constant time: so a million waiting tasks can be cancelled one by one.

/// The nodes that wait for something.
struct WaitQueue {
  /// The link of the oldest node; 0 when there is none.
  var head: UInt = 0

  @inline(__always) var isEmpty: Bool { head == 0 }

  /// Enters a node at the end.
  mutating func append(_ link: UInt) {
    let node = Self.node(link)
    if head == 0 {
      head = link
      node.pointee.next = link
      node.pointee.previous = link
      return
    }
    let first = Self.node(head)
    let last = first.pointee.previous
    node.pointee.next = head
    node.pointee.previous = last
    Self.node(last).pointee.next = link
    first.pointee.previous = link
  }

  /// Takes a node out.
  mutating func remove(_ link: UInt) {
    let node = Self.node(link)
    if node.pointee.next == link {
      head = 0
    } else {
      Self.node(node.pointee.next).pointee.previous = node.pointee.previous
      Self.node(node.pointee.previous).pointee.next = node.pointee.next
      if head == link { head = node.pointee.next }
    }
    node.pointee.next = 0
    node.pointee.previous = 0
  }

  /// The node behind a link.
  ///
  /// SAFETY: links are made by `link` of tasks and arms, and removed before these go.
  @inline(__always)
  static func node(_ link: UInt) -> UnsafeMutablePointer<WaitNode> {
    UnsafeMutablePointer<WaitNode>(bitPattern: link & ~1).unsafelyUnwrapped
  }

  /// Whether a link leads to an arm of a selection.
  @inline(__always) static func isArm(_ link: UInt) -> Bool { link & 1 != 0 }

  /// The arm behind a link.
  static func arm(_ link: UInt) -> ArmRef {
    ArmRef(bitPattern: link & ~1).unsafelyUnwrapped
  }

  /// The task that waits at a link.
  @inline(__always) static func task(_ link: UInt) -> TaskRef {
    if isArm(link) { return arm(link).pointee.task }
    return TaskRef(bitPattern: link &- TaskRef.nodeOffset).unsafelyUnwrapped
  }

  /// Those that wait for nothing else, oldest first.
  var tasks: [TaskRef] {
    var found: [TaskRef] = []
    var link = head
    while link != 0 {
      if !Self.isArm(link) { found.append(Self.task(link)) }
      link = Self.node(link).pointee.next
      if link == head { break }
    }
    return found
  }

  /// How many wait; for reports.
  var count: Int {
    if head == 0 { return 0 }
    var count = 1
    var link = Self.node(head).pointee.next
    while link != head {
      count += 1
      link = Self.node(link).pointee.next
    }
    return count
  }
}

/// One of the operations that a selection waits for.
struct WaitArm {
  var node: WaitNode
  var task: TaskRef
  /// The operation's place in the list, from 1.
  var index: Int32
  var kind: OperationKind
  /// What it sends.
  var value: Value
}

typealias ArmRef = UnsafeMutablePointer<WaitArm>

/// What an operation does.
enum OperationKind: UInt8 {
  case send
  case receive
  case after
  case acquire
  case event
  case join
}

/// An operation that has not begun.
struct OperationObject {
  var header: ObjectHeader
  var metatable: TableRef?
  var object: UnsafeMutableRawPointer?
  var kind: OperationKind
  /// For `after`, in nanoseconds.
  var duration: UInt64 = 0
  /// What it sends.
  var value: Value
}

typealias OperationRef = UnsafeMutablePointer<OperationObject>

/// The operations that a task waits for: a header, then the arms.
struct SelectionObject {
  var header: ObjectHeader
  var metatable: TableRef?
  var count: Int
  var capacity: Int

  static var armsOffset: Int { 32 }
}

typealias SelectionRef = UnsafeMutablePointer<SelectionObject>

extension UnsafeMutablePointer where Pointee == SelectionObject {
  var arms: ArmRef {
    (UnsafeMutableRawPointer(self) + SelectionObject.armsOffset)
      .assumingMemoryBound(to: WaitArm.self)
  }
}
