// Changes to binary chunks that keep their layout: instructions, operands, constants and sizes change,
// counts and offsets stay right, so that what the fuzzer tries reaches the verifier and often the
// machine. The payload's bytes are what the fuzzer sees; the header is none of its business.

internal import NightjarBase
internal import NightjarBytecode
internal import NightjarLuaCompiler

extension Mutation {
  /// The payload of an image with one to six details changed.
  ///
  /// - Returns: nil when the bytes do not decode or the result would be too long.
  package static func mutated(
    payload: [UInt8],
    seed: UInt64,
    byteCountMax: Int
  ) -> [UInt8]? {
    guard let function = try? Image.decode(payload: payload[...]) else { return nil }
    var random = Xoshiro256(seed, 1)
    var changed = function
    for _ in 0...random.next() % 6 { changed = changedOnce(changed, &random) }
    let image = Image.encode(changed, stripping: false)
    let result = Array(image.dropFirst(Image.payloadOffset))
    return result.count <= byteCountMax && result != payload ? result : nil
  }

  /// The payload of the image of a Lua text; nil when it does not compile.
  package static func payload(source: [UInt8], stripping: Bool) -> [UInt8]? {
    guard
      case .success(let function) = LuaChunkCompiler(allowsBinary: true).compile(
        source: source,
        chunkName: Array("=fuzz".utf8),
        dialect: .standard
      )
    else { return nil }
    return Array(Image.encode(function, stripping: stripping).dropFirst(Image.payloadOffset))
  }

  private static func changedOnce(
    _ function: FunctionPrototype,
    _ random: inout Xoshiro256
  ) -> FunctionPrototype {
    var draft = Draft(function)
    // As likely in a nested function as in all before it.
    if !draft.functions.isEmpty, random.next() % 2 == 0 {
      let index = Int(random.next() % UInt64(draft.functions.count))
      draft.functions[index] = changedOnce(draft.functions[index], &random)
      return draft.function
    }
    draft.change(&random)
    return draft.function
  }
}

/// A function whose parts can be changed.
private struct Draft {
  var code: [Word]
  var constants: [Constant]
  var upvalues: [UpvalueDescriptor]
  var functions: [FunctionPrototype]
  var parameterCount: UInt8
  var registerCount: UInt8
  let original: FunctionPrototype

  init(_ function: FunctionPrototype) {
    code = function.code
    constants = function.constants
    upvalues = function.upvalues
    functions = function.functions
    parameterCount = function.parameterCount
    registerCount = function.registerCount
    original = function
  }

  var function: FunctionPrototype {
    FunctionPrototype(
      dialect: original.dialect,
      code: code,
      constants: constants,
      upvalues: upvalues,
      functions: functions,
      parameterCount: parameterCount,
      isVararg: original.isVararg,
      registerCount: registerCount,
      source: original.source,
      lineDefined: original.lineDefined,
      lastLineDefined: original.lastLineDefined,
      lines: original.lines,
      locals: original.locals
    )
  }

  mutating func change(_ random: inout Xoshiro256) {
    guard !code.isEmpty else { return }
    let index = Int(random.next() % UInt64(code.count))
    let other = Int(random.next() % UInt64(code.count))
    switch random.next() % 12 {
    case 0...4: code[index] = changedOperand(code[index], &random)
    case 5, 6: code[index] = changedOpcode(code[index], at: index, &random)
    case 7:
      // Jumps stay behind, as they would lead elsewhere.
      if code[other].target(from: other) == nil { code[index] = relocated(code[other], to: index) }
    case 8:
      let (one, two) = (code[index], code[other])
      if one.target(from: index) == nil, two.target(from: other) == nil {
        code[index] = relocated(two, to: index)
        code[other] = relocated(one, to: other)
      }
    case 9:
      guard !constants.isEmpty else { return }
      let constant = Int(random.next() % UInt64(constants.count))
      constants[constant] = random.element(of: Self.troublesomeConstants) ?? .nil
    case 10:
      guard !upvalues.isEmpty else { return }
      let upvalue = Int(random.next() % UInt64(upvalues.count))
      upvalues[upvalue].index = UInt8(random.next() % 8)
      if random.next() % 4 == 0 { upvalues[upvalue].isLocalOfParent.toggle() }
    default:
      if random.next() % 4 == 0 {
        parameterCount = UInt8(random.next() % 4)
      } else {
        registerCount = UInt8(truncatingIfNeeded: Int(registerCount) + Int(random.next() % 9) - 2)
      }
    }
  }

  /// The instruction at another place: what leaves the function says where it stands.
  private func relocated(_ word: Word, to index: Int) -> Word {
    guard let shape = word.opcode?.shape, shape.operands.contains(.ownOffset) else { return word }
    return Word(bits: word.bits & 0xFFFF_FFFF | UInt64(UInt32(index + 1)) << 32)
  }

  private func changedOperand(_ word: Word, _ random: inout Xoshiro256) -> Word {
    guard let shape = word.opcode?.shape, let operand = random.element(of: shape.operands) else {
      return word
    }
    let registers = UInt64(max(registerCount, 1))
    switch operand {
    case .registers(let field, _, let count, _):
      if random.next() % 3 == 0, case .field(let other, _) = count {
        return word.with(other, Int(random.next() % 5))
      }
      if random.next() % 3 == 0, case .openWhenZero(let other, _) = count {
        return word.with(other, Int(random.next() % 5))
      }
      return word.with(field, Int(random.next() % registers))
    case .constant(let field, _), .function(let field):
      return word.with(field, Int(random.next() % UInt64(max(constants.count, 1))))
    case .registerOrConstant(let field, let flag):
      return random.next() % 3 == 0
        ? word.with(flag, Int(random.next() % 2)) : word.with(field, Int(random.next() % registers))
    case .upvalue(let field):
      return word.with(field, Int(random.next() % UInt64(max(upvalues.count, 1))))
    case .immediate(let field, let range):
      let near = [range.lowerBound, range.upperBound, 0, 1, 2]
      return word.with(field, random.element(of: near) ?? 0)
    case .jump:
      return word.with(.d, Int(word.d) + Int(random.next() % 7) - 3)
    case .ownOffset, .hint: return word
    }
  }

  private func changedOpcode(_ word: Word, at index: Int, _ random: inout Xoshiro256) -> Word {
    guard let opcode = random.element(of: Self.opcodes) else { return word }
    let bits = word.bits & ~0xFF & (opcode.shape.usedBits | 0xFF) | UInt64(opcode.rawValue)
    return relocated(Word(bits: bits), to: index)
  }

  private static let opcodes: [Opcode] = (UInt8.min...UInt8.max).compactMap { Opcode(rawValue: $0) }

  private static let troublesomeConstants: [Constant] = [
    .nil, .boolean(true), .integer(0), .integer(-1), .integer(.max), .integer(.min),
    .integer(1 << 31), .float(0.5), .float(.nan), .float(.infinity), .float(-0.0), .float(0x1p63),
    .string([]), .string(Array("__gc".utf8)), .string(Array("10".utf8)),
    .string(Array("coroutine".utf8)), .string(Array("wrap".utf8)), .string(Array("pcall".utf8)),
    .string(Array(repeating: 0x78, count: 41)), .string(Array("debug".utf8)),
    .string(Array("setmetatable".utf8)), .string(Array("__close".utf8)),
  ]
}

extension Word {
  /// The instruction with another value in a field.
  fileprivate func with(_ field: Field, _ value: Int) -> Word {
    let shift = UInt64(field.mask.trailingZeroBitCount)
    let rest = bits & ~field.mask
    return Word(bits: rest | UInt64(truncatingIfNeeded: value) << shift & field.mask)
  }
}
