// What a name stands for: one plain value for each declaration of a module, in the order in which
// they are found. Uses of a name refer to it by index.

package import NightjarDiagnostics
internal import NightjarFuseSyntax

/// What is declared.
@frozen
package enum DeclarationKind: UInt8, Sendable {
  /// A `let`, a pattern's binding, the variable of a loop, a `let` among targets, a scope's name.
  case variable
  case parameter, selfParameter
  case const, `static`, function
  case structType, enumType, unionType, traitType, typeAlias, typeParameter
  case macro
  /// `import name from "m"`.
  case namespace
  /// `import name from "@lua:m"`: a variable.
  case luaModule
  /// `import { a } from "m"`: `target` says what it is there.
  case imported
  /// `global name = e`, or a name in `declare global`.
  case global
  /// A `let` of a declared module.
  case declaredVariable

  /// Whether it can stand where a value is wanted.
  package var isValue: Bool {
    switch self {
    case .variable, .parameter, .selfParameter, .const, .static, .function, .luaModule,
      .declaredVariable, .global:
      true
    default: false
    }
  }

  /// Whether it can stand where a type is wanted.
  package var isType: Bool {
    rawValue >= DeclarationKind.structType.rawValue
      && rawValue <= DeclarationKind.typeParameter.rawValue
  }

  /// Whether it is visible in its whole block, before it is declared too.
  package var isItem: Bool {
    switch self {
    case .const, .static, .function, .macro: true
    default: isType && self != .typeParameter
    }
  }

  /// How messages call it.
  package var name: String {
    switch self {
    case .variable, .declaredVariable, .global: "variable"
    case .parameter, .selfParameter: "parameter"
    case .const: "constant"
    case .static: "static"
    case .function: "function"
    case .structType: "struct"
    case .enumType: "enum"
    case .unionType: "union"
    case .traitType: "trait"
    case .typeAlias: "type"
    case .typeParameter: "type parameter"
    case .macro: "macro"
    case .namespace, .luaModule, .imported: "import"
    }
  }
}

/// A name and what it stands for.
package struct Declaration: Sendable {
  /// What is declared.
  package var kind: DeclarationKind
  /// Facts found while its uses were resolved.
  package var flags: Flags
  /// The symbol of its name in its module's tree.
  package var symbol: UInt32
  /// The node that declares it, such as a `binding`, a `parameter` or a `function`.
  package var node: NodeID
  /// The function it belongs to, an index of `ModuleNames.functions`; 0 at module level.
  package var function: Int32
  /// For an import, what it brings.
  package var target: ImportTarget?

  /// Facts about a declaration.
  @frozen
  package struct Flags: OptionSet, Sendable {
    /// The bits.
    package var rawValue: UInt8

    /// Wraps the bits.
    @inlinable
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `mut` stands before it.
    @inlinable
    package static var isMutable: Flags { Flags(rawValue: 1) }
    /// Something refers to it.
    @inlinable
    package static var isUsed: Flags { Flags(rawValue: 2) }
    /// It is assigned after its declaration.
    @inlinable
    package static var isAssigned: Flags { Flags(rawValue: 4) }
    /// A function inside uses it.
    @inlinable
    package static var isCaptured: Flags { Flags(rawValue: 8) }
    /// It is declared without a value.
    @inlinable
    package static var isUninitialized: Flags { Flags(rawValue: 16) }
    /// For an import: something uses it as a value.
    @inlinable
    package static var isUsedAsValue: Flags { Flags(rawValue: 32) }
    /// Other modules may see it.
    @inlinable
    package static var isExported: Flags { Flags(rawValue: 64) }
    /// A function inside assigns it.
    @inlinable
    package static var isAssignedInside: Flags { Flags(rawValue: 128) }
  }
}

/// A declaration of some module of the program.
@frozen
@usableFromInline
package struct DeclarationID: Hashable, Sendable {
  /// The module, an index of `FuseProgram.modules`.
  @usableFromInline package var module: Int32
  /// The declaration, an index of the module's `ModuleNames.declarations`.
  @usableFromInline package var declaration: Int32

  /// Joins the two.
  @inlinable
  package init(module: Int32, declaration: Int32) {
    self.module = module
    self.declaration = declaration
  }
}

/// What an import brings: a module, or the meanings of one of its names.
package struct ImportTarget: Sendable {
  /// The module; -1 if it was not found.
  package var module: Int32
  /// The value, type and macro of the name, as far as it has them.
  package var meanings: Meanings
}

/// What one name means in the three name spaces.
package struct Meanings: Sendable, Equatable {
  /// The value.
  package var value: DeclarationID?
  /// The type.
  package var type: DeclarationID?
  /// The macro.
  package var macro: DeclarationID?

  /// A name without meaning.
  package init() {}

  /// Whether it means nothing.
  package var isEmpty: Bool { value == nil && type == nil && macro == nil }
}
