// Writes images; the layout is in `ImageFormat.swift`.

internal import NightjarBase

/// Writes one image.
struct ImageWriter {
  private(set) var bytes: [UInt8] = []
  private let isStripping: Bool
  /// String constants that may stand once, by their number.
  private var known: [[UInt8]: Int] = [:]

  init(isStripping: Bool) {
    self.isStripping = isStripping
  }

  /// Writes the whole image of a main function.
  mutating func write(_ main: FunctionPrototype) {
    for part in ImageFormat.header(of: main.dialect) { bytes += part.bytes }
    bytes += [ImageFormat.version, main.dialect.rawValue]
    write(fixed: 0)
    write(fixed: 0)
    writeFunction(main, parentSource: nil)
    let payload = ImageFormat.payloadOffset..<bytes.count
    store(UInt64(payload.count), at: ImageFormat.payloadOffset - 16)
    let checksum = ImageFormat.checksum(of: bytes, payload: payload)
    store(checksum, at: ImageFormat.payloadOffset - 8)
  }

  // MARK: Functions

  private mutating func writeFunction(_ function: FunctionPrototype, parentSource: [UInt8]?) {
    let source = isStripping ? nil : function.source
    let sharesSource = source != nil && source == parentSource
    let hasLines = !isStripping && !function.lines.isEmpty && !function.code.isEmpty
    var flags: UInt8 = function.isVararg ? ImageFormat.FunctionFlag.isVararg : 0
    if sharesSource {
      flags |= ImageFormat.FunctionFlag.sharesSource
    } else if source != nil {
      flags |= ImageFormat.FunctionFlag.hasSource
    }
    if hasLines { flags |= ImageFormat.FunctionFlag.hasLines }
    bytes += [flags, function.parameterCount, function.registerCount]
    write(signed: Int64(function.lineDefined))
    write(signed: Int64(function.lastLineDefined))
    if let source, !sharesSource { write(string: source) }
    write(count: function.code.count)
    for word in function.code { write(fixed: word.bits) }
    write(count: function.constants.count)
    for constant in function.constants { write(constant) }
    write(count: function.upvalues.count)
    for upvalue in function.upvalues { write(upvalue) }
    write(count: function.functions.count)
    for nested in function.functions { writeFunction(nested, parentSource: source) }
    if hasLines { write(lines: function.lines, count: function.code.count) }
    let locals = isStripping ? [] : function.locals
    write(count: locals.count)
    for local in locals {
      write(string: local.name)
      write(signed: Int64(local.start))
      write(signed: Int64(local.end))
    }
  }

  private mutating func write(_ constant: Constant) {
    switch constant {
    case .nil: bytes.append(ImageFormat.ConstantTag.nil)
    case .boolean(false): bytes.append(ImageFormat.ConstantTag.false)
    case .boolean(true): bytes.append(ImageFormat.ConstantTag.true)
    case .integer(let value):
      bytes.append(ImageFormat.ConstantTag.integer)
      write(signed: value)
    case .float(let value):
      bytes.append(ImageFormat.ConstantTag.float)
      write(fixed: value.bitPattern)
    case .string(let value):
      if let number = known[value] {
        bytes.append(ImageFormat.ConstantTag.knownString)
        write(count: number)
        return
      }
      if ImageFormat.sharedByteCounts.contains(value.count) { known[value] = known.count }
      bytes.append(ImageFormat.ConstantTag.string)
      write(string: value)
    }
  }

  private mutating func write(_ upvalue: UpvalueDescriptor) {
    let name = isStripping ? nil : upvalue.name
    var flags: UInt8 = upvalue.isLocalOfParent ? ImageFormat.UpvalueFlag.isLocalOfParent : 0
    if name != nil { flags |= ImageFormat.UpvalueFlag.isNamed }
    bytes += [flags, upvalue.index]
    if let name { write(string: name) }
  }

  /// One line for each instruction: a verified function has as many, another one is made to.
  private mutating func write(lines: [Int32], count: Int) {
    var before: Int64 = 0
    for index in 0..<count {
      let line = index < lines.count ? Int64(lines[index]) : before
      write(signed: line - before)
      before = line
    }
  }

  // MARK: Numbers and strings

  private mutating func write(count: Int) { write(unsigned: UInt64(count)) }

  private mutating func write(string: [UInt8]) {
    write(count: string.count)
    bytes += string
  }

  private mutating func write(unsigned value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private mutating func write(signed value: Int64) {
    write(unsigned: UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  private mutating func write(fixed value: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  private mutating func store(_ value: UInt64, at offset: Int) {
    for index in 0..<8 {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index))
    }
  }
}
