// Reads images; the layout is in `ImageFormat.swift`. The bytes may come from anywhere: each read is
// checked against the end, and room for a list is made only when the bytes for it are there.

internal import NightjarBase

/// Reads one image.
struct ImageReader {
  private let bytes: [UInt8]
  private var offset = 0
  /// Where reading must stop: the end of the bytes, then of the payload.
  private var end: Int
  private var dialect = LuaDialect.standard
  /// String constants that stand only once.
  private var known: [[UInt8]] = []
  private var seen: Set<[UInt8]> = []

  init(bytes: [UInt8]) {
    self.bytes = bytes
    end = bytes.count
  }

  /// Reads the header; what is read afterwards ends with the payload.
  mutating func readHeader() throws(ImageError) {
    let shown = ImageFormat.headerDialect(ofVersion: bytes.count > 4 ? bytes[4] : 0)
    for part in ImageFormat.header(of: shown) {
      let start = offset
      for expected in part.bytes where try readByte() != expected {
        throw ImageError(offset: start, cause: .header(part.name))
      }
    }
    let version = try readByte()
    if version != ImageFormat.version { throw error(.version(version), before: 1) }
    let number = try readByte()
    guard let dialect = LuaDialect(rawValue: number), ImageFormat.hasHeader(dialect, of: shown)
    else {
      throw error(.flags(number), before: 1)
    }
    self.dialect = dialect
    let count = try readFixed()
    let sum = try readFixed()
    if count > UInt64(bytes.count - offset) {
      throw ImageError(offset: bytes.count, cause: .truncated)
    }
    end = offset + Int(count)
    if sum != ImageFormat.checksum(of: bytes, payload: offset..<end) {
      throw error(.checksum, before: 8)
    }
  }

  /// Reads the main function, and nothing must be left.
  mutating func readPayload() throws(ImageError) -> FunctionPrototype {
    let main = try readFunction(parentSource: nil, depth: 0)
    if offset != end { throw error(.leftoverBytes) }
    return main
  }

  private func error(_ cause: ImageError.Cause, before count: Int = 0) -> ImageError {
    ImageError(offset: offset - count, cause: cause)
  }

  // MARK: Functions

  private mutating func readFunction(
    parentSource: [UInt8]?,
    depth: Int
  ) throws(ImageError) -> FunctionPrototype {
    if depth > Verifier.nestingLimit { throw error(.nesting) }
    let flags = try readFunctionFlags(hasParentSource: parentSource != nil)
    let parameterCount = try readByte()
    let registerCount = try readByte()
    let lineDefined = try readInt32()
    let lastLineDefined = try readInt32()
    var source = flags & ImageFormat.FunctionFlag.sharesSource != 0 ? parentSource : nil
    if flags & ImageFormat.FunctionFlag.hasSource != 0 {
      source = try readString()
      // Only one way to say it.
      if source == parentSource { throw error(.flags(flags)) }
    }
    let code = try readCode()
    let constants = try readConstants()
    let upvalues = try readUpvalues()
    let functions = try readFunctions(source: source, depth: depth + 1)
    let hasLines = flags & ImageFormat.FunctionFlag.hasLines != 0
    let lines = hasLines ? try readLines(count: code.count) : []
    if hasLines, lines.isEmpty { throw error(.flags(flags)) }
    let locals = try readLocals()
    return FunctionPrototype(
      dialect: dialect,
      code: code,
      constants: constants,
      upvalues: upvalues,
      functions: functions,
      parameterCount: parameterCount,
      isVararg: flags & ImageFormat.FunctionFlag.isVararg != 0,
      registerCount: registerCount,
      source: source,
      lineDefined: lineDefined,
      lastLineDefined: lastLineDefined,
      lines: lines,
      locals: locals
    )
  }

  private mutating func readFunctionFlags(hasParentSource: Bool) throws(ImageError) -> UInt8 {
    let flags = try readByte()
    let sourceFlags = ImageFormat.FunctionFlag.hasSource | ImageFormat.FunctionFlag.sharesSource
    let sharesNothing = flags & ImageFormat.FunctionFlag.sharesSource != 0 && !hasParentSource
    if flags & ~ImageFormat.FunctionFlag.all != 0 || flags & sourceFlags == sourceFlags
      || sharesNothing
    {
      throw error(.flags(flags), before: 1)
    }
    return flags
  }

  private mutating func readCode() throws(ImageError) -> [Word] {
    let count = try readCount(minimumByteCount: 8)
    var code: [Word] = []
    code.reserveCapacity(count)
    for _ in 0..<count { code.append(Word(bits: try readFixed())) }
    return code
  }

  private mutating func readConstants() throws(ImageError) -> [Constant] {
    let count = try readCount(minimumByteCount: 1)
    var constants: [Constant] = []
    constants.reserveCapacity(count)
    for _ in 0..<count { constants.append(try readConstant()) }
    return constants
  }

  private mutating func readConstant() throws(ImageError) -> Constant {
    let tag = try readByte()
    switch tag {
    case ImageFormat.ConstantTag.nil: return .nil
    case ImageFormat.ConstantTag.false: return .boolean(false)
    case ImageFormat.ConstantTag.true: return .boolean(true)
    case ImageFormat.ConstantTag.integer: return .integer(try readSigned())
    case ImageFormat.ConstantTag.float: return .float(Double(bitPattern: try readFixed()))
    case ImageFormat.ConstantTag.string:
      let string = try readString()
      guard ImageFormat.sharedByteCounts.contains(string.count) else { return .string(string) }
      // Only one way to say it.
      if !seen.insert(string).inserted { throw error(.constantTag(tag)) }
      known.append(string)
      return .string(string)
    case ImageFormat.ConstantTag.knownString:
      let number = try readUnsigned()
      guard number < UInt64(known.count) else { throw error(.number) }
      return .string(known[Int(number)])
    default: throw error(.constantTag(tag), before: 1)
    }
  }

  private mutating func readUpvalues() throws(ImageError) -> [UpvalueDescriptor] {
    let count = try readCount(minimumByteCount: 2)
    var upvalues: [UpvalueDescriptor] = []
    upvalues.reserveCapacity(count)
    for _ in 0..<count {
      let flags = try readByte()
      if flags & ~ImageFormat.UpvalueFlag.all != 0 { throw error(.flags(flags), before: 1) }
      let index = try readByte()
      let name = flags & ImageFormat.UpvalueFlag.isNamed != 0 ? try readString() : nil
      let isLocal = flags & ImageFormat.UpvalueFlag.isLocalOfParent != 0
      upvalues.append(UpvalueDescriptor(name: name, isLocalOfParent: isLocal, index: index))
    }
    return upvalues
  }

  private mutating func readFunctions(
    source: [UInt8]?,
    depth: Int
  ) throws(ImageError) -> [FunctionPrototype] {
    let count = try readCount(minimumByteCount: 10)
    var functions: [FunctionPrototype] = []
    functions.reserveCapacity(count)
    for _ in 0..<count { functions.append(try readFunction(parentSource: source, depth: depth)) }
    return functions
  }

  private mutating func readLines(count: Int) throws(ImageError) -> [Int32] {
    if count > end - offset { throw error(.truncated) }
    var lines: [Int32] = []
    lines.reserveCapacity(count)
    var line: Int64 = 0
    for _ in 0..<count {
      let (sum, overflows) = line.addingReportingOverflow(try readSigned())
      guard !overflows, let exact = Int32(exactly: sum) else { throw error(.number) }
      line = sum
      lines.append(exact)
    }
    return lines
  }

  private mutating func readLocals() throws(ImageError) -> [LocalVariable] {
    let count = try readCount(minimumByteCount: 3)
    var locals: [LocalVariable] = []
    locals.reserveCapacity(count)
    for _ in 0..<count {
      let name = try readString()
      let start = try readInt32()
      locals.append(LocalVariable(name: name, start: start, end: try readInt32()))
    }
    return locals
  }

  // MARK: Numbers and strings

  private mutating func readByte() throws(ImageError) -> UInt8 {
    guard offset < end else { throw error(.truncated) }
    defer { offset += 1 }
    return bytes[offset]
  }

  private mutating func readFixed() throws(ImageError) -> UInt64 {
    guard end - offset >= 8 else { throw ImageError(offset: end, cause: .truncated) }
    var value: UInt64 = 0
    for index in 0..<8 { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    offset += 8
    return value
  }

  private mutating func readUnsigned() throws(ImageError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let byte = try readByte()
      let part = UInt64(byte & 0x7F)
      if shift == 63, part > 1 { throw error(.number, before: 1) }
      value |= part << shift
      guard byte & 0x80 == 0 else { continue }
      // A last byte of zero would be one more than needed.
      if byte == 0, shift > 0 { throw error(.number, before: 1) }
      return value
    }
    throw error(.number)
  }

  private mutating func readSigned() throws(ImageError) -> Int64 {
    let value = try readUnsigned()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  private mutating func readInt32() throws(ImageError) -> Int32 {
    guard let value = Int32(exactly: try readSigned()) else { throw error(.number) }
    return value
  }

  /// A count of elements, each of which takes some bytes that must be there.
  private mutating func readCount(minimumByteCount: Int) throws(ImageError) -> Int {
    let start = offset
    let count = try readUnsigned()
    guard count <= UInt64((end - offset) / minimumByteCount) else {
      throw ImageError(offset: start, cause: .count(count))
    }
    return Int(count)
  }

  private mutating func readString() throws(ImageError) -> [UInt8] {
    let count = try readCount(minimumByteCount: 1)
    defer { offset += count }
    return Array(bytes[offset..<offset + count])
  }
}
