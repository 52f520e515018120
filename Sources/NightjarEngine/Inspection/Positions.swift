// Where functions stand in their source.

internal import NightjarBase
internal import NightjarBytecode

extension UnsafeMutablePointer where Pointee == MachineState {
  /// A prototype's image; it lives as long as the prototype.
  func image(of prototype: PrototypeRef) -> FunctionPrototype {
    prototype.pointee.image._withUnsafeGuaranteedRef { $0 }
  }

  /// The name of a prototype's chunk for messages.
  func chunkName(of prototype: PrototypeRef) -> String {
    let rules = prototype.pointee.dialect.rules
    guard let source = image(of: prototype).source else {
      return rules.strippedCodeIsBare ? "[string \"...\"]" : "?"
    }
    let name = ChunkName.display(source, rules.chunkNames)
    return String(decoding: name, as: UTF8.self)
  }

  /// The line a Lua frame is at; nil when the debug information was stripped.
  func currentLine(of frame: FrameRef) -> Int? {
    let lines = image(of: prototype(of: frame)).lines
    let index = instructionIndex(of: frame)
    if index < lines.count { return Int(lines[index]) }
    return prototype(of: frame).pointee.dialect.rules.strippedCodeIsBare ? 0 : nil
  }

  /// The name of the active local variable in a slot of a Lua frame.
  func localName(of frame: FrameRef, slot: Slots) -> String? {
    guard !frame.pointee.isNative else { return nil }
    let image = image(of: prototype(of: frame))
    return image.localName(
      register: slot - frame.pointee.base,
      at: instructionIndex(of: frame)
    ).map { String(decoding: $0, as: UTF8.self) }
  }
}
