// The dispatch loop. One function, because an instruction must not pay for a call; over 800 lines,
// because the instruction set is its one subject. Rules (docs/internals/loop.md):
//
// INVARIANT: only `pc`, `base`, `k` and `fp` live in variables; everything else is behind `vm`.
// INVARIANT: before any step that may fault, call, allocate or suspend, `pc` is stored in the frame.
//   Slow paths answer whether the frame is still on top with its stack unmoved (true: go on), else
//   the loop starts over from `vm.frame` (`continue frames`).
// INVARIANT: the verifier has checked registers, constants, upvalues and jump targets; nothing is checked
//   again here.
// Fuel is tested at backward jumps, returns and calls (Quotas/Fuel.swift); the collector only
// runs there.

internal import NightjarBytecode

extension UnsafeMutablePointer where Pointee == MachineState {
  /// Executes Lua frames until there is a reason to leave (`exit`).
  @inline(never)
  func loop() {
    let vm = self
    frames: while true {
      if vm.pointee.exit != nil { return }
      var fp = vm.pointee.frame
      var pc = fp.pointee.pc
      var base = fp.pointee.base
      var k = fp.pointee.constants
      while true {
        let i = Word(bits: pc.pointee)
        pc += 1
        execute: switch unsafeBitCast(UInt8(truncatingIfNeeded: i.bits), to: Opcode.self) {

        // MARK: Moves

        case .move:
          (base + Int(i.a)).pointee = (base + Int(i.b)).pointee
        case .loadInteger:
          (base + Int(i.a)).pointee = Value(Int64(i.d))
        case .loadFloat:
          (base + Int(i.a)).pointee = Value(Double(i.d))
        case .loadConstant:
          (base + Int(i.a)).pointee = (k + Int(i.d)).pointee
        case .loadNil:
          setNil(base + Int(i.a), Int(i.b) &+ 1)
        case .loadTrue:
          (base + Int(i.a)).pointee = Value(true)
        case .loadFalse:
          (base + Int(i.a)).pointee = Value(false)
        case .loadFalseSkip:
          (base + Int(i.a)).pointee = Value(false)
          pc += 1
          vm.pointee.fuel &+= 1
        case .getUpvalue:
          let closure = fp.pointee.function.assumingMemoryBound(to: ClosureObject.self)
          (base + Int(i.a)).pointee = closure.upvalues[Int(i.b)].pointee.location.pointee
        case .setUpvalue:
          let closure = fp.pointee.function.assumingMemoryBound(to: ClosureObject.self)
          let value = (base + Int(i.a)).pointee
          closure.upvalues[Int(i.b)].pointee.location.pointee = value
          vm.barrier(value)

        // MARK: Tables

        case .newTable:
          fp.pointee.pc = pc
          if i.b == 0 && i.d == 0 {
            (base + Int(i.a)).pointee = Value(vm.newTable())
          } else if !vm.makeTable(base + Int(i.a), i) {
            continue frames
          }
        case .getUpvalueField:
          let closure = fp.pointee.function.assumingMemoryBound(to: ClosureObject.self)
          let object = closure.upvalues[Int(i.b)].pointee.location
          let key = k + Int(i.constant16)
          if object.pointee.tag == .table {
            let table = object.pointee.table
            let hint = UInt32(i.hint16)
            if hint < table.pointee.nodeCount {
              let node = table.pointee.nodes + Int(hint)
              if node.pointee.keyBits == key.pointee.bits && node.pointee.keyTag == .string
                && !node.pointee.value.isNil
              {
                (base + Int(i.a)).pointee = node.pointee.value
                break execute
              }
            }
          }
          fp.pointee.pc = pc
          if !vm.getFieldMiss(base + Int(i.a), object, key.pointee, pc) { continue frames }
        case .setUpvalueField:
          let closure = fp.pointee.function.assumingMemoryBound(to: ClosureObject.self)
          let object = closure.upvalues[Int(i.a)].pointee.location
          let key = k + Int(i.constant16)
          let value = (i.c == 1 ? k : base) + Int(i.b)
          if object.pointee.tag == .table {
            let table = object.pointee.table
            let hint = UInt32(i.hint16)
            if hint < table.pointee.nodeCount {
              let node = table.pointee.nodes + Int(hint)
              if node.pointee.keyBits == key.pointee.bits && node.pointee.keyTag == .string
                && !node.pointee.value.isNil && !table.isReadOnly
              {
                node.pointee.value = value.pointee
                vm.barrier(value.pointee)
                break execute
              }
            }
          }
          fp.pointee.pc = pc
          if !vm.setFieldMiss(object, key.pointee, value, pc) { continue frames }
        case .getTable:
          let object = base + Int(i.b)
          let key = base + Int(i.c)
          if object.pointee.tag == .table {
            let table = object.pointee.table
            if key.pointee.tag == .integer {
              let offset = key.pointee.bits &- 1
              if offset < UInt64(table.pointee.arrayCount) {
                let element = table.pointee.array + Int(truncatingIfNeeded: offset)
                if !element.pointee.isNil {
                  (base + Int(i.a)).pointee = element.pointee
                  break execute
                }
              }
            } else if key.pointee.tag == .string && key.pointee.string.isShort {
              if let node = table.node(shortString: key.pointee.string),
                !node.pointee.value.isNil
              {
                (base + Int(i.a)).pointee = node.pointee.value
                break execute
              }
            } else if key.pointee.tag == .float {
              let offset = arrayOffset(key.pointee.float)
              if offset < UInt64(table.pointee.arrayCount) {
                let element = table.pointee.array + Int(truncatingIfNeeded: offset)
                if !element.pointee.isNil {
                  (base + Int(i.a)).pointee = element.pointee
                  break execute
                }
              }
            }
          }
          fp.pointee.pc = pc
          if !vm.index(base + Int(i.a), object, key.pointee) { continue frames }
        case .getInteger:
          let object = base + Int(i.b)
          if object.pointee.tag == .table {
            let table = object.pointee.table
            let offset = UInt64(UInt32(bitPattern: i.d &- 1))
            if offset < UInt64(table.pointee.arrayCount) {
              let element = table.pointee.array + Int(truncatingIfNeeded: offset)
              if !element.pointee.isNil {
                (base + Int(i.a)).pointee = element.pointee
                break execute
              }
            }
          }
          fp.pointee.pc = pc
          if !vm.index(base + Int(i.a), object, Value(Int64(i.d))) { continue frames }
        case .getField:
          let object = base + Int(i.b)
          let key = k + Int(i.constant16)
          if object.pointee.tag == .table {
            let table = object.pointee.table
            let hint = UInt32(i.hint16)
            if hint < table.pointee.nodeCount {
              let node = table.pointee.nodes + Int(hint)
              if node.pointee.keyBits == key.pointee.bits && node.pointee.keyTag == .string
                && !node.pointee.value.isNil
              {
                (base + Int(i.a)).pointee = node.pointee.value
                break execute
              }
            }
          }
          fp.pointee.pc = pc
          if !vm.getFieldMiss(base + Int(i.a), object, key.pointee, pc) { continue frames }
        case .setTable:
          let object = base + Int(i.a)
          let key = base + Int(i.b)
          let value = (i.d == 1 ? k : base) + Int(i.c)
          if object.pointee.tag == .table {
            let table = object.pointee.table
            if key.pointee.tag == .integer {
              let offset = key.pointee.bits &- 1
              if offset < UInt64(table.pointee.arrayCount) {
                let element = table.pointee.array + Int(truncatingIfNeeded: offset)
                if !element.pointee.isNil && !value.pointee.isNil {
                  element.pointee = value.pointee
                  vm.barrier(value.pointee)
                  break execute
                }
              } else if offset == UInt64(table.pointee.arrayCount)
                && offset < UInt64(table.pointee.arrayCapacity) && table.pointee.nodeCount == 0
                && table.pointee.metatable == nil && !value.pointee.isNil
              {
                (table.pointee.array + Int(truncatingIfNeeded: offset)).pointee = value.pointee
                table.pointee.arrayCount &+= 1
                vm.barrier(value.pointee)
                break execute
              }
            } else if key.pointee.tag == .string && key.pointee.string.isShort {
              if let node = table.node(shortString: key.pointee.string),
                !node.pointee.value.isNil, !table.isReadOnly
              {
                node.pointee.value = value.pointee
                vm.barrier(value.pointee)
                break execute
              }
            } else if key.pointee.tag == .float {
              let offset = arrayOffset(key.pointee.float)
              if offset < UInt64(table.pointee.arrayCount) {
                let element = table.pointee.array + Int(truncatingIfNeeded: offset)
                if !element.pointee.isNil && !value.pointee.isNil {
                  element.pointee = value.pointee
                  vm.barrier(value.pointee)
                  break execute
                }
              }
            }
          }
          fp.pointee.pc = pc
          if !vm.setIndex(object, key.pointee, value) { continue frames }
        case .setInteger:
          let object = base + Int(i.a)
          let value = (i.c == 1 ? k : base) + Int(i.b)
          if object.pointee.tag == .table {
            let table = object.pointee.table
            let offset = UInt64(UInt32(bitPattern: i.d &- 1))
            if offset < UInt64(table.pointee.arrayCount) {
              let element = table.pointee.array + Int(truncatingIfNeeded: offset)
              if !element.pointee.isNil && !value.pointee.isNil {
                element.pointee = value.pointee
                vm.barrier(value.pointee)
                break execute
              }
            }
          }
          fp.pointee.pc = pc
          if !vm.setIndex(object, Value(Int64(i.d)), value) { continue frames }
        case .setField:
          let object = base + Int(i.a)
          let key = k + Int(i.constant16)
          let value = (i.c == 1 ? k : base) + Int(i.b)
          if object.pointee.tag == .table {
            let table = object.pointee.table
            let hint = UInt32(i.hint16)
            if hint < table.pointee.nodeCount {
              let node = table.pointee.nodes + Int(hint)
              if node.pointee.keyBits == key.pointee.bits && node.pointee.keyTag == .string
                && !node.pointee.value.isNil && !table.isReadOnly
              {
                node.pointee.value = value.pointee
                vm.barrier(value.pointee)
                break execute
              }
            }
          }
          fp.pointee.pc = pc
          if !vm.setFieldMiss(object, key.pointee, value, pc) { continue frames }
        case .selfField:
          let object = base + Int(i.b)
          let key = k + Int(i.constant16)
          let receiver = object.pointee
          if receiver.tag == .table {
            let table = receiver.table
            let hint = UInt32(i.hint16)
            if hint < table.pointee.nodeCount {
              let node = table.pointee.nodes + Int(hint)
              if node.pointee.keyBits == key.pointee.bits && node.pointee.keyTag == .string
                && !node.pointee.value.isNil
              {
                (base + (Int(i.a) &+ 1)).pointee = receiver
                (base + Int(i.a)).pointee = node.pointee.value
                break execute
              }
            }
          }
          fp.pointee.pc = pc
          (base + (Int(i.a) &+ 1)).pointee = receiver
          if !vm.selfMiss(base + Int(i.a), key.pointee, pc) { continue frames }
        case .setList:
          fp.pointee.pc = pc
          let count = i.b == 0 ? vm.pointee.top - (base + (Int(i.a) &+ 1)) : Int(i.b)
          if !vm.setList(base + Int(i.a), count, Int64(i.d)) { continue frames }

        // MARK: Arithmetic

        case .add:
          let x = base + Int(i.b)
          let y = base + Int(i.c)
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(x.pointee.integer &+ y.pointee.integer)
          } else if x.pointee.tag == .float && y.pointee.tag == .float {
            (base + Int(i.a)).pointee = Value(x.pointee.float + y.pointee.float)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.add, base + Int(i.a), x, y) { continue frames }
          }
        case .sub:
          let x = base + Int(i.b)
          let y = base + Int(i.c)
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(x.pointee.integer &- y.pointee.integer)
          } else if x.pointee.tag == .float && y.pointee.tag == .float {
            (base + Int(i.a)).pointee = Value(x.pointee.float - y.pointee.float)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.sub, base + Int(i.a), x, y) { continue frames }
          }
        case .mul:
          let x = base + Int(i.b)
          let y = base + Int(i.c)
          if x.pointee.tag == .float && y.pointee.tag == .float {
            (base + Int(i.a)).pointee = Value(x.pointee.float * y.pointee.float)
          } else if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(x.pointee.integer &* y.pointee.integer)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.mul, base + Int(i.a), x, y) { continue frames }
          }
        case .div:
          let x = base + Int(i.b)
          let y = base + Int(i.c)
          if x.pointee.tag == .float && y.pointee.tag == .float {
            (base + Int(i.a)).pointee = Value(x.pointee.float / y.pointee.float)
          } else if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee =
              Value(Double(x.pointee.integer) / Double(y.pointee.integer))
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.div, base + Int(i.a), x, y) { continue frames }
          }
        case .mod:
          let x = base + Int(i.b)
          let y = base + Int(i.c)
          if x.pointee.tag == .integer && y.pointee.tag == .integer && y.pointee.integer > 0 {
            (base + Int(i.a)).pointee = Value(floorModulo(x.pointee.integer, y.pointee.integer))
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.mod, base + Int(i.a), x, y) { continue frames }
          }
        case .idiv:
          let x = base + Int(i.b)
          let y = base + Int(i.c)
          if x.pointee.tag == .integer && y.pointee.tag == .integer && y.pointee.integer > 0 {
            (base + Int(i.a)).pointee = Value(floorDivide(x.pointee.integer, y.pointee.integer))
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.idiv, base + Int(i.a), x, y) { continue frames }
          }
        case .pow:
          fp.pointee.pc = pc
          if !vm.arithmetic(.pow, base + Int(i.a), base + Int(i.b), base + Int(i.c)) {
            continue frames
          }
        case .band:
          let x = base + Int(i.b)
          let y = base + Int(i.c)
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(x.pointee.integer & y.pointee.integer)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.band, base + Int(i.a), x, y) { continue frames }
          }
        case .bor:
          let x = base + Int(i.b)
          let y = base + Int(i.c)
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(x.pointee.integer | y.pointee.integer)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.bor, base + Int(i.a), x, y) { continue frames }
          }
        case .bxor:
          let x = base + Int(i.b)
          let y = base + Int(i.c)
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(x.pointee.integer ^ y.pointee.integer)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.bxor, base + Int(i.a), x, y) { continue frames }
          }
        case .shl:
          let x = base + Int(i.b)
          let y = base + Int(i.c)
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(shiftLeft(x.pointee.integer, y.pointee.integer))
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.shl, base + Int(i.a), x, y) { continue frames }
          }
        case .shr:
          let x = base + Int(i.b)
          let y = base + Int(i.c)
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(shiftRight(x.pointee.integer, y.pointee.integer))
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.shr, base + Int(i.a), x, y) { continue frames }
          }
        case .addI:
          let x = base + Int(i.b)
          if x.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(x.pointee.integer &+ Int64(i.d))
          } else if x.pointee.tag == .float {
            (base + Int(i.a)).pointee = Value(x.pointee.float + Double(i.d))
          } else {
            fp.pointee.pc = pc
            if !vm.addImmediate(base + Int(i.a), x, i) { continue frames }
          }
        case .addK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          if x.pointee.tag == .float && y.pointee.tag == .float {
            (base + Int(i.a)).pointee = Value(x.pointee.float + y.pointee.float)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.add, base + Int(i.a), x, y, i) { continue frames }
          }
        case .subK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          if x.pointee.tag == .float && y.pointee.tag == .float {
            (base + Int(i.a)).pointee = Value(x.pointee.float - y.pointee.float)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.sub, base + Int(i.a), x, y, i) { continue frames }
          }
        case .mulK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          if x.pointee.tag == .float {
            let factor =
              y.pointee.tag == .float ? y.pointee.float : Double(y.pointee.integer)
            (base + Int(i.a)).pointee = Value(x.pointee.float * factor)
          } else if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(x.pointee.integer &* y.pointee.integer)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.mul, base + Int(i.a), x, y, i) { continue frames }
          }
        case .divK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          let divisor = y.pointee.tag == .float ? y.pointee.float : Double(y.pointee.integer)
          if x.pointee.tag == .float {
            (base + Int(i.a)).pointee = Value(x.pointee.float / divisor)
          } else if x.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(Double(x.pointee.integer) / divisor)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.div, base + Int(i.a), x, y, i) { continue frames }
          }
        case .modK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          if x.pointee.tag == .integer && y.pointee.tag == .integer && y.pointee.integer > 0 {
            (base + Int(i.a)).pointee = Value(floorModulo(x.pointee.integer, y.pointee.integer))
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.mod, base + Int(i.a), x, y, i) { continue frames }
          }
        case .idivK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          if x.pointee.tag == .integer && y.pointee.tag == .integer && y.pointee.integer > 0 {
            (base + Int(i.a)).pointee = Value(floorDivide(x.pointee.integer, y.pointee.integer))
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.idiv, base + Int(i.a), x, y, i) { continue frames }
          }
        case .powK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          if x.pointee.tag == .float && y.pointee.tag == .integer && y.pointee.integer == 2 {
            (base + Int(i.a)).pointee = Value(x.pointee.float * x.pointee.float)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.pow, base + Int(i.a), x, y, i) { continue frames }
          }
        case .bandK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(x.pointee.integer & y.pointee.integer)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.band, base + Int(i.a), x, y, i) { continue frames }
          }
        case .borK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(x.pointee.integer | y.pointee.integer)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.bor, base + Int(i.a), x, y, i) { continue frames }
          }
        case .bxorK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(x.pointee.integer ^ y.pointee.integer)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.bxor, base + Int(i.a), x, y, i) { continue frames }
          }
        case .shlK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(shiftLeft(x.pointee.integer, y.pointee.integer))
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.shl, base + Int(i.a), x, y, i) { continue frames }
          }
        case .shrK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(shiftRight(x.pointee.integer, y.pointee.integer))
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.shr, base + Int(i.a), x, y, i) { continue frames }
          }
        case .unm:
          let x = base + Int(i.b)
          if x.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(0 &- x.pointee.integer)
          } else if x.pointee.tag == .float {
            (base + Int(i.a)).pointee = Value(-x.pointee.float)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.unm, base + Int(i.a), x, x) { continue frames }
          }
        case .bnot:
          let x = base + Int(i.b)
          if x.pointee.tag == .integer {
            (base + Int(i.a)).pointee = Value(~x.pointee.integer)
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.bnot, base + Int(i.a), x, x) { continue frames }
          }
        case .not:
          (base + Int(i.a)).pointee = Value((base + Int(i.b)).pointee.isFalsy)
        case .len:
          let x = base + Int(i.b)
          if x.pointee.tag == .table && x.pointee.table.pointee.metatable == nil
            && (x.pointee.table.pointee.nodeCount == 0
              || x.pointee.table.pointee.arrayCount < x.pointee.table.pointee.arrayCapacity)
          {
            (base + Int(i.a)).pointee = Value(Int64(x.pointee.table.pointee.arrayCount))
          } else if x.pointee.tag == .string {
            (base + Int(i.a)).pointee = Value(x.pointee.string.count)
          } else {
            fp.pointee.pc = pc
            if !vm.lengthSlow(base + Int(i.a), x) { continue frames }
          }
        case .concat:
          fp.pointee.pc = pc
          if !vm.concat(fp, base + Int(i.a), Int(i.b)) { continue frames }

        // MARK: Branches

        case .jump:
          pc += Int(i.d)
          vm.pointee.fuel &+= Int64(i.d)
        case .jumpBack:
          pc += Int(i.d)
          vm.pointee.fuel &+= Int64(i.d)
          if vm.pointee.fuel < 0 {
            fp.pointee.pc = pc
            vm.drive(vm.attend(keeping: vm.kept(by: i, base)))
            continue frames
          }
        case .jumpIfTrue:
          if !(base + Int(i.a)).pointee.isFalsy {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfFalse:
          if (base + Int(i.a)).pointee.isFalsy {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .copyJumpIfTrue:
          let x = base + Int(i.b)
          if !x.pointee.isFalsy {
            (base + Int(i.a)).pointee = x.pointee
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .copyJumpIfFalse:
          let x = base + Int(i.b)
          if x.pointee.isFalsy {
            (base + Int(i.a)).pointee = x.pointee
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfEqual, .jumpIfNotEqual:
          let x = base + Int(i.a)
          let y = base + Int(i.b)
          let expected = i.bits & 0xFF == UInt64(Opcode.jumpIfEqual.rawValue)
          var holds = x.pointee.isIdentical(to: y.pointee)
          if holds {
            if x.pointee.tag == .float { holds = x.pointee.float == y.pointee.float }
          } else if x.pointee.tag.raw >= 3 && y.pointee.tag.raw >= 3 {
            fp.pointee.pc = pc
            let answer = vm.equalSlow(x, y)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if holds == expected {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfEqualK, .jumpIfNotEqualK:
          let x = base + Int(i.a)
          let y = k + Int(i.bc)
          let expected = i.bits & 0xFF == UInt64(Opcode.jumpIfEqualK.rawValue)
          var holds = x.pointee.isIdentical(to: y.pointee)
          if holds {
            if x.pointee.tag == .float { holds = x.pointee.float == y.pointee.float }
          } else if x.pointee.tag.raw >= 3 && y.pointee.tag.raw >= 3 {
            holds = vm.rawEquals(x.pointee, y.pointee)
          }
          if holds == expected {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfLess:
          let x = base + Int(i.a)
          let y = base + Int(i.b)
          let holds: Bool
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            holds = x.pointee.integer < y.pointee.integer
          } else if x.pointee.tag == .float && y.pointee.tag == .float {
            holds = x.pointee.float < y.pointee.float
          } else {
            fp.pointee.pc = pc
            let answer = vm.lessSlow(x.pointee, y.pointee)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if holds {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfNotLess:
          let x = base + Int(i.a)
          let y = base + Int(i.b)
          let holds: Bool
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            holds = x.pointee.integer < y.pointee.integer
          } else if x.pointee.tag == .float && y.pointee.tag == .float {
            holds = x.pointee.float < y.pointee.float
          } else {
            fp.pointee.pc = pc
            let answer = vm.lessSlow(x.pointee, y.pointee)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if !holds {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfLessEqual:
          let x = base + Int(i.a)
          let y = base + Int(i.b)
          let holds: Bool
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            holds = x.pointee.integer <= y.pointee.integer
          } else if x.pointee.tag == .float && y.pointee.tag == .float {
            holds = x.pointee.float <= y.pointee.float
          } else {
            fp.pointee.pc = pc
            let answer = vm.lessEqualSlow(x.pointee, y.pointee)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if holds {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfNotLessEqual:
          let x = base + Int(i.a)
          let y = base + Int(i.b)
          let holds: Bool
          if x.pointee.tag == .integer && y.pointee.tag == .integer {
            holds = x.pointee.integer <= y.pointee.integer
          } else if x.pointee.tag == .float && y.pointee.tag == .float {
            holds = x.pointee.float <= y.pointee.float
          } else {
            fp.pointee.pc = pc
            let answer = vm.lessEqualSlow(x.pointee, y.pointee)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if !holds {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfLessI:
          let x = base + Int(i.a)
          let holds: Bool
          if x.pointee.tag == .integer {
            holds = x.pointee.integer < Int64(i.signedBC)
          } else if x.pointee.tag == .float {
            holds = x.pointee.float < Double(i.signedBC)
          } else {
            fp.pointee.pc = pc
            let answer = vm.compareImmediate(x.pointee, i)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if holds {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfNotLessI:
          let x = base + Int(i.a)
          let holds: Bool
          if x.pointee.tag == .integer {
            holds = x.pointee.integer < Int64(i.signedBC)
          } else if x.pointee.tag == .float {
            holds = x.pointee.float < Double(i.signedBC)
          } else {
            fp.pointee.pc = pc
            let answer = vm.compareImmediate(x.pointee, i)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if !holds {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfLessEqualI:
          let x = base + Int(i.a)
          let holds: Bool
          if x.pointee.tag == .integer {
            holds = x.pointee.integer <= Int64(i.signedBC)
          } else if x.pointee.tag == .float {
            holds = x.pointee.float <= Double(i.signedBC)
          } else {
            fp.pointee.pc = pc
            let answer = vm.compareImmediate(x.pointee, i)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if holds {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfNotLessEqualI:
          let x = base + Int(i.a)
          let holds: Bool
          if x.pointee.tag == .integer {
            holds = x.pointee.integer <= Int64(i.signedBC)
          } else if x.pointee.tag == .float {
            holds = x.pointee.float <= Double(i.signedBC)
          } else {
            fp.pointee.pc = pc
            let answer = vm.compareImmediate(x.pointee, i)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if !holds {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfGreaterI:
          let x = base + Int(i.a)
          let holds: Bool
          if x.pointee.tag == .integer {
            holds = x.pointee.integer > Int64(i.signedBC)
          } else if x.pointee.tag == .float {
            holds = x.pointee.float > Double(i.signedBC)
          } else {
            fp.pointee.pc = pc
            let answer = vm.compareImmediate(x.pointee, i)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if holds {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfNotGreaterI:
          let x = base + Int(i.a)
          let holds: Bool
          if x.pointee.tag == .integer {
            holds = x.pointee.integer > Int64(i.signedBC)
          } else if x.pointee.tag == .float {
            holds = x.pointee.float > Double(i.signedBC)
          } else {
            fp.pointee.pc = pc
            let answer = vm.compareImmediate(x.pointee, i)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if !holds {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfGreaterEqualI:
          let x = base + Int(i.a)
          let holds: Bool
          if x.pointee.tag == .integer {
            holds = x.pointee.integer >= Int64(i.signedBC)
          } else if x.pointee.tag == .float {
            holds = x.pointee.float >= Double(i.signedBC)
          } else {
            fp.pointee.pc = pc
            let answer = vm.compareImmediate(x.pointee, i)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if holds {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .jumpIfNotGreaterEqualI:
          let x = base + Int(i.a)
          let holds: Bool
          if x.pointee.tag == .integer {
            holds = x.pointee.integer >= Int64(i.signedBC)
          } else if x.pointee.tag == .float {
            holds = x.pointee.float >= Double(i.signedBC)
          } else {
            fp.pointee.pc = pc
            let answer = vm.compareImmediate(x.pointee, i)
            if answer > 1 { continue frames }
            holds = answer == 1
          }
          if !holds {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }

        // MARK: Loops

        case .forPrepare:
          fp.pointee.pc = pc
          let answer = vm.prepareFor(base + Int(i.a), i.c)
          if answer > 1 { continue frames }
          if answer == 0 {
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
          }
        case .forLoop:
          let r = base + Int(i.a)
          if r.pointee.tag == .integer {
            // R[a+1] holds the iterations left, unsigned. The verifier and the debug library see
            // to it that the state keeps the types of the preparation.
            let count = (r + 1).pointee.bits
            if count > 0 {
              (r + 1).pointee = Value(Int64(bitPattern: count &- 1))
              let value = r.pointee.integer &+ (r + 2).pointee.integer
              r.pointee.bits = UInt64(bitPattern: value)
              (r + 3).pointee = Value(value)
              pc += Int(i.d)
              vm.pointee.fuel &+= Int64(i.d)
              if vm.pointee.fuel < 0 {
                fp.pointee.pc = pc
                vm.drive(vm.attend(keeping: r + 4))
                continue frames
              }
            }
          } else {
            let step = (r + 2).pointee.float
            let value = r.pointee.float + step
            let limit = (r + 1).pointee.float
            if step > 0 ? value <= limit : limit <= value {
              r.pointee = Value(value)
              (r + 3).pointee = Value(value)
              pc += Int(i.d)
              vm.pointee.fuel &+= Int64(i.d)
              if vm.pointee.fuel < 0 {
                fp.pointee.pc = pc
                vm.drive(vm.attend(keeping: r + 4))
                continue frames
              }
            }
          }
        case .genericForPrepare:
          fp.pointee.pc = pc
          let closing = base + (Int(i.a) &+ 3)
          if !closing.pointee.isFalsy, !vm.registerToBeClosed(closing) { continue frames }
          fp.pointee.pc = pc
          pc += Int(i.d)
          vm.pointee.fuel &+= Int64(i.d)
        case .genericForCall:
          let r = base + Int(i.a)
          if r.pointee.tag == .native && (r + 1).pointee.tag == .table {
            let kind = r.pointee.native.pointee.header.extra
            if (kind == NativeObject.isNext && (r + 2).pointee.tag != .float)
              || kind == NativeObject.isFloatNext
            {
              if kind == NativeObject.isNext
                ? vm.stepNext(r, Int(i.c)) : vm.stepFloatNext(r, Int(i.c))
              {
                // The loop instruction that follows is done here too.
                let next = Word(bits: pc.pointee)
                pc += 1
                if !(r + 4).pointee.isNil {
                  (r + 2).pointee = (r + 4).pointee
                  pc += Int(next.d)
                  vm.pointee.fuel &+= Int64(next.d)
                  if vm.pointee.fuel < 0 {
                    fp.pointee.pc = pc
                    vm.drive(vm.attend(keeping: r + (Int(i.c) &+ 4)))
                    continue frames
                  }
                }
                break execute
              }
            } else if kind == NativeObject.isIpairsStep && (r + 2).pointee.tag == .integer {
              let position = (r + 2).pointee.integer
              let table = (r + 1).pointee.table
              if UInt64(bitPattern: position) < UInt64(table.pointee.arrayCount) {
                let element = table.pointee.array + Int(truncatingIfNeeded: position)
                if !element.pointee.isNil {
                  let next = Word(bits: pc.pointee)
                  pc += 1
                  let key = Value(position &+ 1)
                  (r + 4).pointee = key
                  (r + 2).pointee = key
                  if i.c >= 2 {
                    (r + 5).pointee = element.pointee
                    if i.c > 2 { setNil(r + 6, Int(i.c) &- 2) }
                  }
                  pc += Int(next.d)
                  vm.pointee.fuel &+= Int64(next.d)
                  if vm.pointee.fuel < 0 {
                    fp.pointee.pc = pc
                    vm.drive(vm.attend(keeping: r + (Int(i.c) &+ 4)))
                    continue frames
                  }
                  break execute
                }
              }
            } else if kind == NativeObject.isFloatIpairsStep && (r + 2).pointee.tag == .float {
              let table = (r + 1).pointee.table
              let offset = arrayOffset((r + 2).pointee.float + 1)
              if offset < UInt64(table.pointee.arrayCount) {
                let element = table.pointee.array + Int(truncatingIfNeeded: offset)
                if !element.pointee.isNil {
                  // The loop instruction that follows counts what it does.
                  (r + 4).pointee = Value((r + 2).pointee.float + 1)
                  if i.c >= 2 {
                    (r + 5).pointee = element.pointee
                    if i.c > 2 { setNil(r + 6, Int(i.c) &- 2) }
                  }
                  break execute
                }
              }
            }
          }
          fp.pointee.pc = pc
          (r + 4).pointee = r.pointee
          (r + 5).pointee = (r + 1).pointee
          (r + 6).pointee = (r + 2).pointee
          vm.pointee.top = r + 7
          vm.drive(vm.call(r + 4, 2, info: UInt32(i.c) &+ 1))
          continue frames
        case .genericForLoop:
          let r = base + Int(i.a)
          if !(r + 4).pointee.isNil {
            (r + 2).pointee = (r + 4).pointee
            pc += Int(i.d)
            vm.pointee.fuel &+= Int64(i.d)
            if vm.pointee.fuel < 0 {
              fp.pointee.pc = pc
              vm.drive(vm.attend())
              continue frames
            }
          }

        // MARK: Calls

        case .call:
          let r = base + Int(i.a)
          var count = i.b == 0 ? vm.pointee.top - (r + 1) : Int(i.b) &- 1
          fp.pointee.pc = pc
          if r.pointee.tag == .closure {
            let closure = r.pointee.closure
            let prototype = closure.pointee.prototype
            let next = fp.above
            // As integers: the comparison of pointers is not inlined.
            if UInt(bitPattern: next) < UInt(bitPattern: vm.pointee.frameLimit)
              && UInt(bitPattern: r + (Int(prototype.pointee.registerCount) &+ 1))
                <= UInt(bitPattern: vm.pointee.stackLimit)
            {
              let given = count
              base = r + 1
              while count < Int(prototype.pointee.parameterCount) {
                (base + count).pointee = .nil
                count &+= 1
              }
              fp = next
              pc = prototype.pointee.code
              k = prototype.pointee.constants
              fp.pointee.base = base
              fp.pointee.function = UnsafeMutableRawPointer(closure)
              fp.pointee.constants = k
              fp.pointee.info = UInt32(i.c)
              fp.pointee.extra = Int32(truncatingIfNeeded: given)
              vm.pointee.frame = fp
              break execute
            }
          } else if r.pointee.tag == .native
            && !r.pointee.native.needsFrame
            && UInt(bitPattern: r + count) < UInt(bitPattern: vm.pointee.stackLimit)
          {
            vm.pointee.top = r + (count &+ 1)
            let raw = r.pointee.native.pointee.entry(vm, r, count, 0)
            base = fp.pointee.base
            if raw & 15 == 0 {
              let destination = base + Int(i.a)
              let got = NativeOutcome.count(raw)
              if i.c == 2 && got == 1 && NativeOutcome.index(raw) == 0 { break execute }
              vm.takeResults(destination, raw, Int(i.c) &- 1)
              break execute
            }
            vm.drive(vm.leafNeedsFrame(base + Int(i.a), raw, UInt32(i.c)))
            continue frames
          }
          vm.drive(vm.call(r, count, info: UInt32(i.c)))
          continue frames
        case .tailCall:
          fp.pointee.pc = pc
          let r = base + Int(i.a)
          let count = i.b == 0 ? vm.pointee.top - (r + 1) : Int(i.b) &- 1
          if i.c == 1 { vm.closeUpvalues(from: base) }
          vm.pointee.fuel &-= Int64(i.d)
          if vm.replaceFrame(fp, r, count) {
            pc = fp.pointee.pc
            k = fp.pointee.constants
            break execute
          }
          vm.drive(vm.tailCallLua(r, count))
          continue frames
        case .returnOne:
          let fuel = vm.pointee.fuel &- Int64(i.d)
          vm.pointee.fuel = fuel
          if fp.pointee.info == 2 && fuel >= 0 {
            base.lowered(by: 1).pointee = (base + Int(i.a)).pointee
            fp = fp.below
            vm.pointee.frame = fp
            pc = fp.pointee.pc
            base = fp.pointee.base
            k = fp.pointee.constants
            break execute
          }
          fp.pointee.pc = pc
          if !vm.leave(fp, base + Int(i.a), 1) { continue frames }
          fp = fp.below
          pc = fp.pointee.pc
          base = fp.pointee.base
          k = fp.pointee.constants
        case .returnNone:
          let fuel = vm.pointee.fuel &- Int64(i.d)
          vm.pointee.fuel = fuel
          if fp.pointee.info == 1 && fuel >= 0 {
            fp = fp.below
            vm.pointee.frame = fp
            pc = fp.pointee.pc
            base = fp.pointee.base
            k = fp.pointee.constants
            break execute
          }
          fp.pointee.pc = pc
          if !vm.leave(fp, base, 0) { continue frames }
          fp = fp.below
          pc = fp.pointee.pc
          base = fp.pointee.base
          k = fp.pointee.constants
        case .returnMany:
          fp.pointee.pc = pc
          let r = base + Int(i.a)
          let count = i.b == 0 ? vm.pointee.top - r : Int(i.b) &- 1
          if i.c == 1, let action = vm.closeBeforeReturn(fp, r, count) {
            vm.drive(action)
            continue frames
          }
          vm.pointee.fuel &-= Int64(i.d)
          if !vm.leave(fp, r, count) { continue frames }
          fp = fp.below
          pc = fp.pointee.pc
          base = fp.pointee.base
          k = fp.pointee.constants
        case .vararg:
          fp.pointee.pc = pc
          if !vm.copyVarargs(fp, base + Int(i.a), Int(i.c) &- 1) { continue frames }
          base = fp.pointee.base
        case .varargPrepare:
          fp.pointee.pc = pc
          if !vm.prepareVarargs(fp) { continue frames }
          base = fp.pointee.base
        case .closure:
          fp.pointee.pc = pc
          let closure = fp.pointee.function.assumingMemoryBound(to: ClosureObject.self)
          let prototype = closure.pointee.prototype.pointee.functions[Int(i.d)]
          (base + Int(i.a)).pointee = Value(vm.makeClosure(prototype, in: fp))
        case .close:
          fp.pointee.pc = pc
          if let action = vm.closeBlock(base + Int(i.a)) {
            vm.drive(action)
            continue frames
          }
        case .toBeClosed:
          fp.pointee.pc = pc
          if !vm.registerToBeClosed(base + Int(i.a)) { continue frames }

        // MARK: Dialects

        case .modFloor:
          let x = base + Int(i.b)
          let y = base + Int(i.c)
          if x.pointee.tag == .float && y.pointee.tag == .float {
            (base + Int(i.a)).pointee = Value(flooredModulo(x.pointee.float, y.pointee.float))
          } else {
            fp.pointee.pc = pc
            if !vm.arithmetic(.mod, base + Int(i.a), x, y) { continue frames }
          }
        case .modFloorK:
          let x = base + Int(i.b)
          let y = k + Int(i.d)
          if x.pointee.tag == .float && y.pointee.tag == .float {
            (base + Int(i.a)).pointee = Value(flooredModulo(x.pointee.float, y.pointee.float))
          } else {
            fp.pointee.pc = pc
            if !vm.arithmeticK(.mod, base + Int(i.a), x, y, i) { continue frames }
          }
        case .lenFloat:
          fp.pointee.pc = pc
          if !vm.lengthAsFloat(base + Int(i.a), base + Int(i.b)) { continue frames }
        case .closureShared:
          fp.pointee.pc = pc
          let closure = fp.pointee.function.assumingMemoryBound(to: ClosureObject.self)
          let prototype = closure.pointee.prototype.pointee.functions[Int(i.d)]
          (base + Int(i.a)).pointee = Value(vm.sharedClosure(prototype, in: fp))
        case .varargTable:
          fp.pointee.pc = pc
          if !vm.makeVarargTable(fp, base + Int(i.a)) { continue frames }
        case .varargFrom:
          fp.pointee.pc = pc
          if !vm.spreadVarargTable(base + Int(i.a), (base + Int(i.b)).pointee, Int(i.c) &- 1) {
            continue frames
          }
          base = fp.pointee.base
        case .varargElement:
          (base + Int(i.a)).pointee = vm.varargElement(fp, (base + Int(i.b)).pointee)
        case .checkUndefined:
          if !(base + Int(i.a)).pointee.isNil {
            fp.pointee.pc = pc
            vm.failDefined((k + Int(i.d)).pointee)
            continue frames
          }

        case .trap:
          fp.pointee.pc = pc
          vm.trapped(fp)
          continue frames
        }
      }
    }
  }
}

/// Sets slots to nil; out of line, as the compiler would unroll it into the loop.
@inline(never) private func setNil(_ slot: Slots, _ count: Int) {
  var position = 0
  while position < count {
    slot[position] = .nil
    position &+= 1
  }
}

/// Where a float key's element lies in an array part: its integer less one, or a place that none has.
@inline(__always) private func arrayOffset(_ key: Double) -> UInt64 {
  // Beyond 32 bits there are no arrays; a comparison with not-a-number is false.
  guard key >= 1 && key < 0x1p32 else { return .max }
  // Moved up so far, a float has its whole part in its lowest bits: no conversion that may trap.
  let moved = key + 0x1p52
  return moved - 0x1p52 == key ? (moved.bitPattern & 0xFFFF_FFFF) &- 1 : .max
}

/// `%` of the dialects without integers.
@inline(__always) func flooredModulo(_ dividend: Double, _ divisor: Double) -> Double {
  dividend - (dividend / divisor).rounded(.down) * divisor
}

/// Integer division rounded down.
///
/// SAFETY: `divisor > 0`, so it cannot overflow.
@inline(__always) private func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
  let quotient = dividend / divisor
  return quotient &* divisor > dividend ? quotient &- 1 : quotient
}

/// Remainder of division rounded down.
///
/// SAFETY: `divisor > 0`, so it cannot overflow.
@inline(__always) private func floorModulo(_ dividend: Int64, _ divisor: Int64) -> Int64 {
  let remainder = dividend % divisor
  return remainder < 0 ? remainder &+ divisor : remainder
}

/// `x << n` for any n (manual §3.4.2).
@inline(__always) func shiftLeft(_ value: Int64, _ count: Int64) -> Int64 {
  // Swift's smart shift: over-wide counts give 0, negative ones shift right logically.
  Int64(bitPattern: UInt64(bitPattern: value) << count)
}

/// `x >> n` for any n, logically.
@inline(__always) func shiftRight(_ value: Int64, _ count: Int64) -> Int64 {
  Int64(bitPattern: UInt64(bitPattern: value) >> count)
}
