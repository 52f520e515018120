// The compiled form of a function as data: what the compiler produces, `string.dump` writes, the
// verifier checks and the engine links into a machine. It knows no values and no heap.

package import NightjarBase

/// A constant of a function.
package enum Constant: Equatable, Sendable {
  case `nil`
  case boolean(Bool)
  case integer(Int64)
  case float(Double)
  case string([UInt8])
}

/// Where a closure finds one of its upvalues when it is created.
package struct UpvalueDescriptor: Equatable, Sendable {
  /// The variable's name; `nil` when debug information was stripped.
  package var name: [UInt8]?
  /// Whether the variable is a register of the enclosing function (else one of its upvalues).
  package var isLocalOfParent: Bool
  /// The register or upvalue index in the enclosing function.
  package var index: UInt8

  package init(name: [UInt8]?, isLocalOfParent: Bool, index: UInt8) {
    self.name = name
    self.isLocalOfParent = isLocalOfParent
    self.index = index
  }
}

/// A local variable's name and the instructions over which it is active.
///
/// Registers are implied by order: the n-th variable active at an instruction sits in register n.
package struct LocalVariable: Equatable, Sendable {
  package var name: [UInt8]
  /// First instruction index at which the variable is active.
  package var start: Int32
  /// First instruction index at which it no longer is.
  package var end: Int32

  package init(name: [UInt8], start: Int32, end: Int32) {
    self.name = name
    self.start = start
    self.end = end
  }
}

/// A compiled function with its nested functions.
package final class FunctionPrototype: Sendable {
  /// The Lua the function was written in; the same for all functions of a chunk.
  package let dialect: LuaDialect
  package let code: [Word]
  package let constants: [Constant]
  package let upvalues: [UpvalueDescriptor]
  package let functions: [FunctionPrototype]
  /// Fixed parameters, in registers 0...
  package let parameterCount: UInt8
  package let isVararg: Bool
  /// Registers the function needs, 2...255.
  package let registerCount: UInt8
  /// The chunk name as given to `load` (`@file`, `=name` or source text); `nil` when stripped.
  package let source: [UInt8]?
  /// Line of `function`; 0 for a main chunk.
  package let lineDefined: Int32
  /// Line of the closing `end`; 0 for a main chunk.
  package let lastLineDefined: Int32
  /// The line of each instruction; empty when stripped.
  package let lines: [Int32]
  /// Empty when stripped.
  package let locals: [LocalVariable]

  package init(
    dialect: LuaDialect = .standard,
    code: [Word],
    constants: [Constant],
    upvalues: [UpvalueDescriptor],
    functions: [FunctionPrototype],
    parameterCount: UInt8,
    isVararg: Bool,
    registerCount: UInt8,
    source: [UInt8]?,
    lineDefined: Int32,
    lastLineDefined: Int32,
    lines: [Int32],
    locals: [LocalVariable]
  ) {
    self.dialect = dialect
    self.code = code
    self.constants = constants
    self.upvalues = upvalues
    self.functions = functions
    self.parameterCount = parameterCount
    self.isVararg = isVararg
    self.registerCount = registerCount
    self.source = source
    self.lineDefined = lineDefined
    self.lastLineDefined = lastLineDefined
    self.lines = lines
    self.locals = locals
  }
}

extension FunctionPrototype {
  /// About the bytes of this function's own parts, without those of nested functions.
  ///
  /// The source text is shared by all functions of a chunk and counts for the main one.
  package var ownByteCount: Int {
    // An array has a header of its own.
    let header = 48
    var count = 5 * header + 256
    count += code.count * MemoryLayout<Word>.stride + lines.count * 4
    count += constants.count * MemoryLayout<Constant>.stride
    for case .string(let bytes) in constants { count += header + bytes.count }
    for upvalue in upvalues {
      count += MemoryLayout<UpvalueDescriptor>.stride + header + (upvalue.name?.count ?? 0)
    }
    for local in locals { count += MemoryLayout<LocalVariable>.stride + header + local.name.count }
    if lineDefined == 0 { count += source?.count ?? 0 }
    return count
  }
}
