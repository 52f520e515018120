// table.concat, table.pack, table.unpack and table.move on plain tables.

internal import NightjarBase

extension TableLibrary {
  static func concat(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard call.phase == 0, let table = plainTable(call, 1) else { return try concatSlowly(&call) }
    let separator = call.argument(2).isNil ? nil : try call.checkString(2)
    let first = try call.optionalInteger(3, default: 1)
    let last =
      call.argument(4).isNil ? call.vm.border(of: table) : try call.checkInteger(4)
    return call.returns(try join(call, table, separator, first, last))
  }

  /// The elements `first ... last` of a table as one string.
  static func join(
    _ call: NativeCall,
    _ table: TableRef,
    _ separator: StringRef?,
    _ first: Int64,
    _ last: Int64
  ) throws(ScriptError) -> Value {
    let separatorCount = separator?.count ?? 0
    if first <= last, let total = joinedByteCount(call, table, separatorCount, first, last) {
      call.charge(Int(last - first))
      return try call.string(byteCount: total) { target in
        var target = target
        var key = first
        while true {
          let text = call.vm.get(table, integer: key).string
          target.update(from: text.bytes, count: text.count)
          target += text.count
          if key == last { return }
          if let separator {
            target.update(from: separator.bytes, count: separatorCount)
            target += separatorCount
          }
          key &+= 1
        }
      }
    }
    return try call.gather { (text: inout TextBuffer) throws(ScriptError) -> Value in
      var key = first
      while key <= last {
        let value = call.vm.get(table, integer: key)
        if value.isString {
          try text.append(value.string)
        } else if value.isInteger {
          let room = try text.room(for: NumeralText.byteCountMax)
          text.commit(NumeralText.write(value.integer, to: room))
        } else if value.isFloat {
          let room = try text.room(for: NumeralText.byteCountMax)
          text.commit(NumeralText.write(value.float, call.rules.floatFormat, to: room))
        } else {
          throw invalidElement(call, value, key)
        }
        if key == last { break }
        if let separator { try text.append(separator.bytes, separatorCount) }
        key &+= 1
      }
      call.charge(text.count >> 3 &+ Int(truncatingIfNeeded: key &- first))
      return Value(try text.string())
    }
  }

  /// The size of what `join` makes; nil when not all elements are strings.
  private static func joinedByteCount(
    _ call: NativeCall,
    _ table: TableRef,
    _ separatorCount: Int,
    _ first: Int64,
    _ last: Int64
  ) -> Int? {
    guard first >= 1, last <= Int64(table.pointee.arrayCount) else { return nil }
    let array = table.pointee.array
    var total = 0
    var offset = Int(first) &- 1
    let end = Int(last)
    while offset < end {
      let value = array[offset]
      guard value.isString else { return nil }
      total &+= value.string.count &+ separatorCount
      offset &+= 1
    }
    return total &- separatorCount
  }

  static func invalidElement(_ call: NativeCall, _ value: Value, _ key: Int64) -> ScriptError {
    call.raise(
      "invalid value (\(call.vm.typeName(value))) at index \(key) in table for 'concat'"
    )
  }

  static func pack(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    let vm = call.vm
    let count = call.count
    call.charge(count >> 1)
    let table = try vm.newTable(arrayCapacity: count, nodeCapacity: 1)
    var index = 0
    var filled = 0
    while index < count {
      let value = call[index &+ 1]
      table.pointee.array[index] = value
      vm.barrier(value)
      index &+= 1
      if !value.isNil { filled = index }
    }
    // The last element of the array part is never nil.
    table.pointee.arrayCount = UInt32(filled)
    try vm.rawSet(table, shortString: vm.string("n"), call.number(count))
    return call.returns(Value(table))
  }

  static func unpack(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    guard call.phase == 0, let table = plainTable(call, 1) else { return try unpackSlowly(&call) }
    let first = try call.optionalInteger(2, default: 1)
    let last =
      call.argument(3).isNil ? call.vm.border(of: table) : try call.checkInteger(3)
    if first > last { return call.returns() }
    let count = try unpackedCount(call, first, last)
    call.charge(count >> 1)
    try call.reserve(count, after: 0)
    if first == 1 && count <= Int(table.pointee.arrayCount) {
      call.slots.update(from: table.pointee.array, count: count)
    } else {
      for index in 0..<count { call[index] = call.vm.get(table, integer: first &+ Int64(index)) }
    }
    return .results(count)
  }

  /// How many values `first ... last` are.
  ///
  /// - Throws: "too many results to unpack" when the stack cannot hold them.
  static func unpackedCount(
    _ call: NativeCall,
    _ first: Int64,
    _ last: Int64
  ) throws(ScriptError) -> Int {
    let span = UInt64(bitPattern: last &- first)
    let used = call.slots - call.vm.pointee.fiber.pointee.stack
    let room = call.vm.pointee.limits.stackSlotCount - used - 8
    if room < 0 || span >= UInt64(room) { throw call.raise("too many results to unpack") }
    return Int(span) + 1
  }

  static func move(_ call: inout NativeCall) throws(ScriptError) -> NativeOutcome {
    if call.phase != 0 { return try moveSlowly(&call) }
    let first = try call.checkInteger(2)
    let last = try call.checkInteger(3)
    let target = try call.checkInteger(4)
    let targetSlot = call.argument(5).isNil ? 1 : 5
    try checkTableLike(call, 1, .index)
    try checkTableLike(call, targetSlot, .newindex)
    let destination = call[targetSlot]
    if last < first { return call.returns(destination) }
    if first <= 0 && last >= Int64.max &+ first {
      throw call.argumentError(3, "too many elements to move")
    }
    let count = last - first + 1
    if target > Int64.max - count + 1 { throw call.argumentError(4, "destination wrap around") }
    guard count <= 100_000, let from = plainTable(call, 1), let to = plainTable(call, targetSlot)
    else {
      call[5] = destination
      return try moveSlowly(&call)
    }
    call.charge(Int(count))
    if target > last || target <= first || from != to {
      var offset: Int64 = 0
      while offset < count {
        try call.vm.rawSet(to, integer: target + offset, call.vm.get(from, integer: first + offset))
        offset += 1
      }
    } else {
      var offset = count - 1
      while offset >= 0 {
        try call.vm.rawSet(to, integer: target + offset, call.vm.get(from, integer: first + offset))
        offset -= 1
      }
    }
    return call.returns(destination)
  }
}
