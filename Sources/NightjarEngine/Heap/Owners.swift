// Owners: objects with storage outside the blocks, or with a claim on something of the host. They
// stand in a list, because blocks are swept without looking at the objects in them.

internal import NightjarBytecode

extension VM {
  /// Enters an object that owns storage outside the blocks (or a host object) into the list of
  /// those to be released when they die.
  ///
  /// Calling it again has no effect.
  func registerOwner(_ object: ObjectRef) {
    if object.pointee.flags.contains(.ownsExternal) { return }
    object.pointee.flags.formUnion(.ownsExternal)
    pointee.heap.owners.append(object)
  }

  /// Frees what a dead object owns.
  ///
  /// ORDER: each kind's storage, with the byte counts it was allocated with: `FiberObject`,
  /// `TableObject`, `PrototypeObject`, `StringObject`, `StringBufferObject`, `UserdataObject`,
  /// `ChannelObject`.
  func releaseExternal(of object: ObjectRef) {
    let memory = UnsafeMutableRawPointer(object)
    switch object.pointee.kind {
    case .table: releaseParts(of: memory.assumingMemoryBound(to: TableObject.self))
    case .string: releaseBytes(of: memory.assumingMemoryBound(to: StringObject.self))
    case .stringBuffer:
      let buffer = memory.assumingMemoryBound(to: StringBufferObject.self)
      pointee.heap.freeExternal(buffer.pointee.bytes, byteCount: buffer.pointee.capacity)
    case .fiber: releaseStack(of: memory.assumingMemoryBound(to: FiberObject.self))
    case .prototype: releaseCode(of: memory.assumingMemoryBound(to: PrototypeObject.self))
    case .userdata:
      if object.pointee.extra == KernelKind.channel {
        releaseRing(of: memory.assumingMemoryBound(to: ChannelObject.self))
      }
      if object.pointee.word != 0 { releaseHostObject(object.pointee.word) }
    default: break
    }
  }

  private func releaseParts(of table: TableRef) {
    let flags = table.pointee.header.flags
    if flags.contains(.externalArray) {
      pointee.heap.freeExternal(
        table.pointee.array,
        byteCount: Int(table.pointee.arrayCapacity) &* 16
      )
    }
    if flags.contains(.externalNodes) {
      pointee.heap.freeExternal(table.pointee.nodes, byteCount: table.nodesByteCount)
    }
  }

  private func releaseRing(of channel: ChannelRef) {
    pointee.heap.freeExternal(
      channel.pointee.ring,
      byteCount: Int(channel.pointee.ringCount) &* MemoryLayout<Value>.stride
    )
  }

  private func releaseBytes(of string: StringRef) {
    guard string.ownsBytes, let bytes = string.pointee.link else { return }
    pointee.heap.freeExternal(bytes, byteCount: string.count)
  }

  private func releaseStack(of fiber: FiberRef) {
    closeUpvalues(ofDead: fiber)
    if let watch = fiber.pointee.watch {
      pointee.heap.freeExternal(watch, byteCount: MemoryLayout<FiberWatch>.stride)
    }
    if let closes = fiber.pointee.pendingCloses {
      pointee.heap.freeExternal(
        closes,
        byteCount: fiber.pointee.pendingCloseCapacity &* MemoryLayout<Int>.stride
      )
    }
    // The cell of a packed one is swept like any other.
    if fiber.pointee.isPacked { return }
    pointee.heap.freeExternal(
      fiber.pointee.stack,
      byteCount: fiber.pointee.stackCapacity &* MemoryLayout<Value>.stride
    )
    pointee.heap.freeExternal(
      fiber.pointee.frames,
      byteCount: fiber.pointee.frameCapacity &* MemoryLayout<Frame>.stride
    )
  }

  /// Closes the cells of a dead fiber that are still captured by somebody.
  ///
  /// SAFETY: owners are released before blocks are swept, so the dead cells of the list can be read.
  private func closeUpvalues(ofDead fiber: FiberRef) {
    var next = fiber.pointee.openUpvalues
    while let cell = next {
      next = cell.nextOpen
      if pointee.heap.isMarked(cell) {
        cell.pointee.storage = cell.pointee.location.pointee
        cell.pointee.location = cell.closedLocation
      }
    }
    fiber.pointee.openUpvalues = nil
  }

  private func releaseCode(of prototype: PrototypeRef) {
    let codeByteCount = Int(prototype.pointee.codeCount) &* 8
    pointee.heap.freeExternal(prototype.pointee.code, byteCount: codeByteCount)
    if let hooked = prototype.pointee.hookedCode {
      pointee.heap.freeExternal(hooked, byteCount: codeByteCount)
    }
    // Its own counts lag behind when linking failed half-way.
    let image = prototype.pointee.image.takeUnretainedValue()
    pointee.heap.freeExternal(
      prototype.pointee.constants,
      byteCount: image.constants.count &* 16
    )
    pointee.heap.freeExternal(
      prototype.pointee.functions,
      byteCount: image.functions.count &* 8
    )
    pointee.heap.externalByteCount &-= Int(prototype.pointee.imageByteCount)
    pointee.heap.freeExternal(
      prototype.pointee.captures,
      byteCount: Int(prototype.pointee.captureCount)
        &* MemoryLayout<PrototypeObject.Capture>.stride
    )
    prototype.pointee.image.release()
  }
}

extension UnsafeMutablePointer where Pointee == TableObject {
  /// Bytes of the nodes and the index behind them.
  var nodesByteCount: Int {
    if pointee.nodeCapacity == 0 { return 0 }
    return Int(pointee.nodeCapacity) &* MemoryLayout<Node>.stride
      &+ 4 &<< Int(pointee.header.extra)
  }
}

extension UnsafeMutablePointer where Pointee == StringObject {
  /// Whether the bytes lie in storage of this string alone.
  @inline(__always) var ownsBytes: Bool {
    pointee.header.flags.isDisjoint(with: [.shortString, .sharedBytes])
      && pointee.link != UnsafeMutableRawPointer(self) + StringObject.bytesOffset
  }
}
