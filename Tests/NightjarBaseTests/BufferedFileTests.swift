// Buffered files against a plain model: an array of bytes and a position. The stream below gives and
// takes fewer bytes than asked for, as pipes and terminals do.

import NightjarBase
import Testing

/// A stream in memory that reads and writes at most a few bytes at a time.
private final class ChoppyStream: ByteStream {
  let memory: MemoryStream
  private var random: Xoshiro256

  init(_ memory: MemoryStream, seed: UInt64) {
    self.memory = memory
    random = Xoshiro256(seed, 1)
  }

  private func chopped(_ count: Int) -> Int {
    Int(random.nextInteger(from: 1, through: Int64(max(count, 1)))).clamped(to: count)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    let part = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(chopped(buffer.count)))
    return try memory.read(into: part)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    let part = UnsafeRawBufferPointer(rebasing: bytes.prefix(chopped(bytes.count)))
    return try memory.write(part)
  }

  func seek(by offset: Int64, from origin: SeekOrigin) throws(SystemError) -> Int64 {
    try memory.seek(by: offset, from: origin)
  }

  func close() throws(SystemError) -> ProcessStatus? { try memory.close() }
}

extension Int {
  fileprivate func clamped(to limit: Int) -> Int { Swift.min(self, limit) }
}

/// What a file should do.
private struct FileModel {
  var bytes: [UInt8]
  var position = 0
  let appends: Bool

  mutating func write(_ new: [UInt8]) {
    if new.isEmpty { return }
    if appends { position = bytes.count }
    while bytes.count < position { bytes.append(0) }
    bytes.replaceSubrange(position..<min(position + new.count, bytes.count), with: new)
    position += new.count
  }

  mutating func read(_ count: Int) -> [UInt8]? {
    guard position < bytes.count else { return nil }
    let result = Array(bytes[position...].prefix(count))
    position += result.count
    return result
  }

  mutating func readLine(keepsLineEnd: Bool) -> [UInt8]? {
    guard position < bytes.count else { return nil }
    let line = bytes[position...].prefix { $0 != 10 }
    let hasEnd = line.endIndex < bytes.count
    position = line.endIndex + (hasEnd ? 1 : 0)
    return Array(line) + (hasEnd && keepsLineEnd ? [10] : [])
  }
}

@Suite struct BufferedFileTests {
  @Test(arguments: 0..<400)
  func randomOperationsAgreeWithTheModel(seed: Int) throws {
    var random = Xoshiro256(UInt64(seed), 0)
    func number(_ limit: Int) -> Int { Int(random.nextInteger(from: 0, through: Int64(limit))) }
    func text(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in number(12) == 0 ? 10 : UInt8(65 + number(25)) }
    }
    let appends = number(3) == 0
    let initial = text(number(3000))
    let mode = FileMode(
      reads: true,
      writes: true,
      appends: appends,
      creates: false,
      truncates: false
    )
    let memory = MemoryStream(initial, mode: mode)
    let stream: any ByteStream =
      number(1) == 0 ? memory : ChoppyStream(memory, seed: UInt64(seed))
    let file = BufferedFile(stream, buffering: .full, capacity: 256 + number(200))
    var model = FileModel(bytes: initial, appends: appends)
    for _ in 0..<300 {
      switch number(11) {
      case 0, 1:
        let bytes = text(number(3) == 0 ? number(1500) : number(20))
        try file.write(bytes)
        model.write(bytes)
      case 2:
        let value = Int64(truncatingIfNeeded: random.next()) >> Int64(number(63))
        try file.write(value)
        model.write(Array(String(value).utf8))
      case 3:
        try file.write(UInt8(ascii: "\n"))
        model.write([10])
      case 4, 5:
        let keepsLineEnd = number(1) == 0
        let line = try file.readLine(keepsLineEnd: keepsLineEnd).map { Array($0) }
        #expect(line == model.readLine(keepsLineEnd: keepsLineEnd))
      case 6:
        let count = number(2) == 0 ? number(1200) : number(30)
        #expect(try file.read(count: count).map { Array($0) } == model.read(count))
      case 7:
        #expect(try file.isAtEnd() == (model.position >= model.bytes.count))
      case 8:
        let target = number(model.bytes.count + 10)
        let choice = number(2)
        let origin: SeekOrigin = choice == 0 ? .start : choice == 1 ? .current : .end
        // An appended write moves the position only once it reaches the stream, as in C.
        let start = choice == 0 ? 0 : choice == 1 ? model.position : model.bytes.count
        #expect(try file.seek(by: Int64(target - start), from: origin) == Int64(target))
        model.position = target
      case 9:
        let position = try file.seek(by: 0, from: .current)
        #expect(position == Int64(model.position))
      case 10:
        let choice = number(3)
        try file.setBuffering(
          choice == 0 ? .none : choice == 1 ? .line : .full,
          capacity: number(1) == 0 ? number(500) : nil
        )
      default:
        if number(3) == 0 {
          let all = Array(try file.readAll())
          #expect(all == model.read(.max) ?? [])
        } else {
          try file.flush()
          #expect(memory.bytes == model.bytes)
        }
      }
      file.checkInvariants()
    }
    try file.close()
    #expect(memory.bytes == model.bytes)
  }

  @Test func bufferingDecidesWhenBytesArrive() throws {
    let memory = MemoryStream()
    let file = BufferedFile(memory)
    try file.write(Array("one\n".utf8))
    #expect(memory.bytes == [])
    try file.setBuffering(.line)
    #expect(memory.bytes == Array("one\n".utf8))
    try file.write(Array("two".utf8))
    #expect(memory.bytes.count == 4)
    try file.write(Array("\nthree".utf8))
    #expect(memory.bytes == Array("one\ntwo\nthree".utf8))
    try file.setBuffering(.none)
    try file.write(UInt8(ascii: "!"))
    try file.write(Int64(7))
    try file.write(0.5)
    #expect(memory.bytes == Array("one\ntwo\nthree!70.5".utf8))
  }

  @Test func aTiedFileIsFlushedBeforeWaiting() throws {
    let screen = MemoryStream()
    let output = BufferedFile(screen)
    let input = BufferedFile(MemoryStream(Array("me\nyou\n".utf8)))
    input.tied = output
    try output.write(Array("who? ".utf8))
    #expect(screen.bytes == [])
    _ = try input.readLine(keepsLineEnd: false)
    #expect(screen.bytes == Array("who? ".utf8))
  }

  @Test func limitsOnResultsHold() throws {
    let text = [UInt8](repeating: 65, count: 1000)
    for capacity in [256, 5000] {
      func file() -> BufferedFile { BufferedFile(MemoryStream(text), capacity: capacity) }
      #expect(try file().readLine(keepsLineEnd: true, byteCountMax: 1000)?.count == 1000)
      #expect(throws: SystemError.tooLarge) {
        try file().readLine(keepsLineEnd: true, byteCountMax: 999)
      }
      #expect(try file().readAll(byteCountMax: 1000).count == 1000)
      #expect(throws: SystemError.tooLarge) { try file().readAll(byteCountMax: 999) }
      #expect(try file().read(count: .max)?.count == 1000)
    }
  }

  @Test func aLineExactlyAtTheLimitCountsItsEnd() throws {
    for capacity in [256, 5000] {
      func file() -> BufferedFile {
        BufferedFile(MemoryStream([UInt8](repeating: 65, count: 300) + [10]), capacity: capacity)
      }
      #expect(try file().readLine(keepsLineEnd: false, byteCountMax: 300)?.count == 300)
      #expect(try file().readLine(keepsLineEnd: true, byteCountMax: 301)?.count == 301)
      #expect(throws: SystemError.tooLarge) {
        try file().readLine(keepsLineEnd: true, byteCountMax: 300)
      }
    }
  }

  @Test func closedFilesRefuse() throws {
    let file = BufferedFile(MemoryStream(Array("text".utf8)))
    _ = try file.read(count: 1)
    try file.close()
    try file.close()
    #expect(throws: SystemError.badDescriptor) { try file.read(count: 1) }
    #expect(throws: SystemError.badDescriptor) { try file.readLine(keepsLineEnd: false) }
    #expect(throws: SystemError.badDescriptor) { try file.write([1]) }
    #expect(throws: SystemError.badDescriptor) { try file.write(Int64(1)) }
    #expect(throws: SystemError.badDescriptor) { try file.seek(by: 0, from: .start) }
  }

  @Test func theModeForbidsTheOtherDirection() throws {
    let readable = BufferedFile(MemoryStream([1], mode: .read))
    try readable.write([1])
    #expect(throws: SystemError.badDescriptor) { try readable.flush() }
    let writable = BufferedFile(MemoryStream([1], mode: .write))
    #expect(throws: SystemError.badDescriptor) { try writable.read(count: 1) }
  }

  @Test func droppingAFileWritesWhatIsPending() throws {
    let memory = MemoryStream()
    do { try BufferedFile(memory).write([1, 2, 3]) }
    #expect(memory.bytes == [1, 2, 3])
  }

  @Test(
    arguments: [
      ("12 rest", .integer(12), " rest"), ("  -0x1F,", .integer(-31), ","),
      ("1e2e3", .float(100), "e3"),
      (".5.5", .float(0.5), ".5"), ("0x", nil, ""), ("0xg", nil, "g"), ("nan", nil, "nan"),
      ("inf", nil, "inf"), ("--1", nil, "-1"), ("1e+x", nil, "x"), ("", nil, ""), ("  ", nil, ""),
      ("0x1p4 ", .float(16), " "), ("00012\n", .integer(12), "\n"), ("+7+", .integer(7), "+"),
      ("0e12", .float(0), ""), (".e1", nil, "e1"), ("0xap1a", .float(20), "a"),
    ] as [(String, Numeral?, String)]
  )
  func numerals(text: String, numeral: Numeral?, rest: String) throws {
    for isChoppy in [false, true] {
      let memory = MemoryStream(Array(text.utf8))
      let file = BufferedFile(isChoppy ? ChoppyStream(memory, seed: 1) : memory)
      #expect(try file.readNumeral() == numeral)
      #expect(Array(try file.readAll()) == Array(rest.utf8))
    }
  }

  @Test func manyNumeralsCrossTheBuffersEdge() throws {
    let values = (0..<5000).map { _ in Int64.random(in: -1_000_000_000...1_000_000_000) }
    let text = values.map { "\($0)" }.joined(separator: "\n ")
    let stream = ChoppyStream(MemoryStream(Array(text.utf8)), seed: 3)
    let file = BufferedFile(stream, capacity: 300)
    for value in values { #expect(try file.readNumeral() == .integer(value)) }
    #expect(try file.readNumeral() == nil)
  }

  @Test func overlongNumeralsAreNone() throws {
    func file(_ digitCount: Int) -> BufferedFile {
      BufferedFile(MemoryStream(Array((String(repeating: "0", count: digitCount) + "1 ").utf8)))
    }
    #expect(try file(199).readNumeral() == .integer(1))
    let overlong = file(200)
    #expect(try overlong.readNumeral() == nil)
    #expect(Array(try overlong.readAll()) == Array("1 ".utf8))
  }

  @Test(arguments: ["r", "w", "a", "r+", "w+", "a+", "rb", "wb", "r+b", "rbb"])
  func modes(text: String) throws {
    let mode = try #require(FileMode(Array(text.utf8)))
    #expect(mode.reads == (text.hasPrefix("r") || text.contains("+")))
    #expect(mode.writes == (!text.hasPrefix("r") || text.contains("+")))
    #expect(mode.appends == text.hasPrefix("a"))
    #expect(mode.creates == !text.hasPrefix("r"))
    #expect(mode.truncates == text.hasPrefix("w"))
  }

  @Test(arguments: ["", "x", "rw", "rb+", "+", "r++", "r ", "rt", "\0r"])
  func wrongModes(text: String) {
    #expect(FileMode(Array(text.utf8)) == nil)
  }
}
