// Indexing beyond the loop's fast paths: inline-cache misses, chains of metatables, metamethods.
// Answers: whether the frame is still on top and unmoved. SOURCE: manual §2.4, __index and __newindex.

internal import NightjarBase
internal import NightjarBytecode

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Writes the inline-cache hint of the instruction before `pc`.
  @inline(__always)
  private func setHint(
    _ pc: UnsafeMutablePointer<UInt64>,
    _ node: UnsafeMutablePointer<Node>,
    _ table: TableRef
  ) {
    let position = node - table.pointee.nodes
    if position <= 0xFFFF {
      let word = pc.instruction
      word.pointee = word.pointee & 0x0000_FFFF_FFFF_FFFF | UInt64(position) << 48
    }
  }

  /// `R[a] := object[key]` for a short string key whose hint missed.
  @inline(never)
  func getFieldMiss(
    _ destination: Slots,
    _ object: Slots,
    _ key: Value,
    _ pc: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    if object.pointee.tag == .table {
      let table = object.pointee.table
      if let node = table.node(shortString: key.string), !node.pointee.value.isNil {
        setHint(pc, node, table)
        destination.pointee = node.pointee.value
        return true
      }
      if table.pointee.metatable == nil {
        destination.pointee = .nil
        return true
      }
    }
    return index(destination, object, key)
  }

  /// The method of a receiver in `destination + 1`, when it is not a field found by the hint.
  @inline(never)
  func selfMiss(_ destination: Slots, _ key: Value, _ pc: UnsafeMutablePointer<UInt64>) -> Bool {
    let receiver = destination + 1
    if receiver.pointee.tag == .table {
      let table = receiver.pointee.table
      if let node = table.node(shortString: key.string), !node.pointee.value.isNil {
        setHint(pc, node, table)
        destination.pointee = node.pointee.value
        return true
      }
      // The usual class: one metatable whose __index is a table that has the method.
      if let metatable = table.pointee.metatable,
        let parent = indexTable(of: metatable)
      {
        let hint = Int(pc.instruction.pointee >> 48)
        if hint < Int(parent.pointee.nodeCount) {
          let node = parent.pointee.nodes + hint
          if node.pointee.keyBits == key.bits && node.pointee.keyTag == .string
            && !node.pointee.value.isNil
          {
            destination.pointee = node.pointee.value
            return true
          }
        }
        if let node = parent.node(shortString: key.string), !node.pointee.value.isNil {
          setHint(pc, node, parent)
          destination.pointee = node.pointee.value
          return true
        }
      }
    } else if receiver.pointee.tag == .string, let metatable = stringMetatable,
      let parent = indexTable(of: metatable),
      let node = parent.node(shortString: key.string), !node.pointee.value.isNil
    {
      destination.pointee = node.pointee.value
      return true
    }
    return index(destination, receiver, key)
  }

  /// The table that a metatable's `__index` is, found by the node remembered in its header.
  @inline(__always) private func indexTable(of metatable: TableRef) -> TableRef? {
    let name = pointee.names[Int(Metamethod.index.rawValue)]
    let hint = metatable.pointee.header.word
    if hint < metatable.pointee.nodeCount {
      let node = metatable.pointee.nodes + Int(hint)
      if node.pointee.keyBits == UInt64(UInt(bitPattern: name)) && node.pointee.keyTag == .string {
        return node.pointee.value.tag == .table ? node.pointee.value.table : nil
      }
    }
    guard let node = metatable.node(shortString: name) else { return nil }
    metatable.pointee.header.word = UInt32(node - metatable.pointee.nodes)
    return node.pointee.value.tag == .table ? node.pointee.value.table : nil
  }

  /// Counts a link of a chain of metatables; long chains are charged.
  @inline(__always) private func follow(_ links: inout Int) {
    links &+= 1
    if links > 8 { pointee.fuel &-= 1 }
  }

  /// `R[a] := object[key]`, whatever they are.
  @inline(never) func index(_ destination: Slots, _ object: Slots, _ key: Value) -> Bool {
    var current = object.pointee
    var links = 0
    if key.tag == .string && key.string.isShort {
      // Along tables that are one another's `__index`, each found by its metatable's hint.
      while current.tag == .table && links < pointee.limits.metamethodChainLength {
        let table = current.table
        if let node = table.node(shortString: key.string), !node.pointee.value.isNil {
          destination.pointee = node.pointee.value
          return true
        }
        guard let metatable = table.pointee.metatable else {
          destination.pointee = .nil
          return true
        }
        guard let parent = indexTable(of: metatable) else { break }
        current = Value(parent)
        follow(&links)
      }
    }
    while links < pointee.limits.metamethodChainLength {
      let handler: Value
      if current.isTable {
        let table = current.table
        let value = rawGet(table, key)
        if !value.isNil {
          destination.pointee = value
          return true
        }
        guard let metatable = table.pointee.metatable,
          let found = metamethod(in: metatable, .index)
        else {
          destination.pointee = .nil
          return true
        }
        handler = found
      } else {
        guard let found = metamethod(of: current, .index) else {
          _ = raiseIndexError(current, isOperand: links == 0)
          drive(.raise)
          return false
        }
        handler = found
      }
      if handler.isFunction { return callMetamethod(handler, current, key) }
      current = handler
      follow(&links)
    }
    _ = raise(loopMessage("__index", "gettable"))
    drive(.raise)
    return false
  }

  /// `object[key] := value` for a short string key whose hint missed.
  @inline(never)
  func setFieldMiss(
    _ object: Slots,
    _ key: Value,
    _ value: Slots,
    _ pc: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    if object.pointee.tag == .table {
      let table = object.pointee.table
      if let node = table.node(shortString: key.string) {
        if !table.isReadOnly, !node.pointee.value.isNil || table.pointee.metatable == nil {
          setHint(pc, node, table)
          store(table, node, value.pointee)
          return true
        }
      }
    }
    return setIndex(object, key, value)
  }

  /// `object[key] := value`, whatever they are.
  @inline(never) func setIndex(_ object: Slots, _ key: Value, _ value: Slots) -> Bool {
    var current = object.pointee
    var links = 0
    while links < pointee.limits.metamethodChainLength {
      let handler: Value
      if current.isTable {
        let table = current.table
        if let metatable = table.pointee.metatable,
          let found = metamethod(in: metatable, .newindex), rawGet(table, key).isNil
        {
          handler = found
        } else {
          do throws(ScriptError) {
            try checkKey(key)
            try rawSet(table, key, value.pointee)
            return true
          } catch {
            drive(.raise)
            return false
          }
        }
      } else {
        guard let found = metamethod(of: current, .newindex) else {
          _ = raiseIndexError(current, isOperand: links == 0)
          drive(.raise)
          return false
        }
        handler = found
      }
      if handler.isFunction { return callMetamethod(handler, current, key, value.pointee) }
      current = handler
      follow(&links)
    }
    _ = raise(loopMessage("__newindex", "settable"))
    drive(.raise)
    return false
  }

  private var indexIsNil: String { "table index is nil" }

  /// Refuses nil and NaN as keys.
  func checkKey(_ key: Value) throws(ScriptError) {
    if key.isNil { throw raise(indexIsNil) }
    if key.isFloat && key.float.isNaN { throw raise("table index is NaN") }
  }

  /// `newTable` with size hints.
  @inline(never) func makeTable(_ destination: Slots, _ word: Word) -> Bool {
    let nodes = word.b == 0 ? 0 : 1 << (Int(word.b & 31) - 1)
    do throws(ScriptError) {
      let table = try newTable(arrayCapacity: Int(Swift.max(word.d, 0)), nodeCapacity: nodes)
      destination.pointee = Value(table)
      return true
    } catch {
      drive(.raise)
      return false
    }
  }

  /// Stores the elements behind a new table.
  @inline(never) func setList(_ r: Slots, _ count: Int, _ first: Int64) -> Bool {
    guard r.pointee.isTable, count > 0 else { return true }
    let table = r.pointee.table
    do throws(ScriptError) {
      let needed = Int(first) + count
      if needed > Int(table.pointee.arrayCapacity) && Int(table.pointee.arrayCount) == Int(first) {
        try resizeArray(table, to: needed)
      }
      for position in 1...count {
        try rawSet(table, integer: first + Int64(position), r[position])
      }
      return true
    } catch {
      drive(.raise)
      return false
    }
  }

  /// `#x` as a float, where there are no integers.
  @inline(never) func lengthAsFloat(_ destination: Slots, _ x: Slots) -> Bool {
    if x.pointee.isString {
      destination.pointee = Value(Double(x.pointee.string.count))
      return true
    }
    if x.pointee.isTable {
      let table = x.pointee.table
      if table.pointee.metatable == nil || metamethod(of: x.pointee, .len) == nil
        || !runningRules.tablesHaveLength
      {
        destination.pointee = Value(Double(border(of: table)))
        return true
      }
    }
    return lengthSlow(destination, x)
  }

  /// `#x` when it is not a plain string or table.
  @inline(never) func lengthSlow(_ destination: Slots, _ x: Slots) -> Bool {
    if x.pointee.isTable {
      let table = x.pointee.table
      guard let metatable = table.pointee.metatable, let handler = metamethod(in: metatable, .len)
      else {
        destination.pointee = Value(border(of: table))
        return true
      }
      return callMetamethod(handler, x.pointee, x.pointee)
    }
    if let handler = metamethod(of: x.pointee, .len) {
      return callMetamethod(handler, x.pointee, x.pointee)
    }
    _ = raiseOperandError("get length of", x.pointee)
    drive(.raise)
    return false
  }
}
